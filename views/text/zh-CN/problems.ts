// What each refusal says to a person, in Chinese: what happened, then what to do.
import type { ProblemCode } from '../../../server/http/problem.ts';

type Said = { readonly title: string; readonly next: string };

export const problems: Record<ProblemCode | 'internal', Said> = {
  invalid_input: { title: '填写的内容有误', next: '按下面的提示改正后重新提交，已填内容不会丢失。' },
  not_signed_in: { title: '需要先登录', next: '登录后会回到这一页。' },
  wrong_credentials: { title: '账号或密码不对', next: '检查后再试；忘记密码时找管理员重置。' },
  whole_city_only: {
    title: '这件事涉及全市，本账号只负责其中一个辖区',
    next: '请联系负责全市的检查员，或联系管理员。',
  },
  forbidden: { title: '当前身份不能做这件事', next: '换一个有权限的账号，或联系管理员。' },
  second_factor_needed: { title: '先设置两步验证', next: '登录后按提示设置验证器或通行密钥，再继续。' },
  cross_site: { title: '请求来自其他网站，已拒绝', next: '直接打开本站再操作。' },
  not_found: { title: '这里没有内容', next: '检查网址或码是否完整，或回到首页。' },
  method_not_allowed: { title: '这个地址不接受这种操作', next: '回到上一页重新操作。' },
  not_acceptable: { title: '没有所要的格式', next: '换一种格式再试。' },
  conflict: { title: '内容已被他人改动', next: '刷新后查看最新状态再操作。' },
  duplicate: { title: '已经登记过', next: '无需重复提交。' },
  too_large: { title: '内容超出大小限制', next: '缩小文件后再试。' },
  wrong_media_type: { title: '不接受这种文件类型', next: '换成提示中的类型再试。' },
  unreadable_picture: { title: '图片无法读取', next: '上传 JPEG、PNG 或 WebP 照片。' },
  unreachable_camera: { title: '没有取到摄像头画面', next: '检查地址、账号和网络后再试。' },
  too_many_requests: { title: '操作太频繁', next: '稍等片刻再试。' },
  not_implemented: { title: '暂不提供这项功能', next: '查看接口文档了解已提供的功能。' },
  busy: { title: '系统繁忙', next: '稍等片刻再试，内容没有丢失。' },
  storage_full: { title: '存储空间已满，未保存', next: '联系管理员清理空间后再试。' },
  internal: { title: '系统出错了', next: '已记录。稍后再试；若仍出现，把下面的编号告诉管理员。' },
};
