// What a refusal about orders and about servers of districts says, in Chinese, by the English sentence that programs are given.

export const saidOfTrade: Readonly<Record<string, string>> = {
  'Only an order that waits can be ended.': '只有还没发货的订单可以撤回或拒接。',
  'This order is not on its way.': '这张订单不在途中。',
  'This number is noted already.': '这个号码已经记过了。',
  'This order was sent or ended before.': '这张订单已经发货或结束。',
  'A place cannot order of itself.': '不能向自己订货。',
  'This supplier has no account here: call them.': '这家供应商还没有账号，看不到订单，请打电话。',
  'A day from today on, at most {} days away.': '请选今天起 {} 天内的日期。',
  'Write the address alone, such as https://binjiang.example.cn.': '只写地址本身，如 https://binjiang.example.cn。',
  'This server is followed already.': '这台服务器已经接入。',
  'At most {} servers are followed.': '最多接入 {} 台服务器。',
  'The signature is not that of this subscription.': '签名与这个订阅不符。',
};
