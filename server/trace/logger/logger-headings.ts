// The names that makers of temperature loggers give their columns (Testo, Elitech 精创, LogTag, Sensitech, HOBO, Lascar,
// MadgeTech, Dickson, DeltaTrak, Tive, iButton, 泽大, 龙邦, 华图, 海康 …): what each stands for, as data.

export const loggerHeadings = {
  /** Day and time in one cell. */
  moment: listed(
    'date time|datetime|date/time|date & time|date and time|timestamp|time stamp|date time local|local date time|local time',
    'sample time|reading time|record time|recorded at|logged at|utc time|time utc|date time utc|measured at|event time',
    '时间|日期时间|记录时间|采集时间|测量时间|测温时间|采样时间|上报时间|定位时间|数据时间|检测时间|监测时间|时间日期',
    '读数时间|存储时间|采集日期时间',
  ),
  day: listed('date|day|local date|reading date|日期|记录日期|采集日期|测量日期'),
  clock: listed('time|clock|time of day|local clock|hh mm ss|时刻|时分秒|采集时刻'),
  temperature: listed(
    'temperature|temp|temp 1|temperature 1|t1|t|t 1|reading|readings|value|sensor|sensor 1|ch1|ch 1|channel 1|channel1|probe|probe 1',
    'internal temperature|external temperature|ambient temperature|air temperature|ambient|internal|external|celsius|fahrenheit',
    'degc|deg c|degf|deg f|tempc|tempf|temp c|temp f|temperature c|temperature f|°c|°f|℃|℉|c1 temperature|celsius reading',
    '温度|温度值|温度1|温度一|通道1|通道一|通道1温度|探头1|探头一|探头1温度|探头温度|传感器1|测量值|实时温度|当前温度|车厢温度',
    '厢体温度|冷藏温度|冷冻温度|箱温|库温|环境温度|读数|t1温度|ch1温度|前端温度',
  ),
  /** Of several probes: with the first, the lowest and highest are kept. */
  further: listed(
    'temp 2|temperature 2|t2|sensor 2|ch2|ch 2|channel 2|probe 2|temp 3|temperature 3|t3|sensor 3|ch3|probe 3|temp 4|temperature 4',
    '温度2|温度二|温度3|温度4|通道2|通道二|通道2温度|通道3|通道3温度|通道4温度|探头2|探头二|探头2温度|探头3|传感器2|ch2温度|后端温度',
  ),
  humidity: listed(
    'humidity|rh|%rh|relative humidity|hum|rh 1|humidity 1|湿度|湿度值|相对湿度|湿度1|通道1湿度|环境湿度',
  ),
  unit: listed('unit|units|temperature unit|单位|温度单位'),
  device: listed(
    'serial|serial number|serial no|s/n|sn|device|device id|device name|logger|logger id|tracker|tracker id|imei|logger serial',
    '设备编号|设备号|设备|设备名称|序列号|仪器编号|记录仪编号|记录仪|终端编号|探头编号|设备id|主机编号|仪器名称|车牌号',
  ),
  idle: listed(
    'no|no.|#|id|index|row|record|record no|sample|sample no|elapsed time|elapsed|duration|high alarm|low alarm|alarm|alarms',
    'status|mark|marker|event|events|battery|battery level|light|light lux|shock|shock g|dew point|dewpoint|latitude|longitude|lat',
    'lng|lon|location|address|speed|host connected|stopped|end of file|coupler attached|coupler detached|button up|button down',
    'vapor pressure|pressure|comment|comments|remark|type|mkt|gps|altitude|accuracy|signal',
    '序号|编号|报警|报警状态|告警|状态|备注|标记|电量|电池|电压|光照|经度|纬度|位置|地址|速度|事件|超温|是否超标|露点|上限|下限|记录编号',
  ),
} as const satisfies Record<string, readonly string[]>;

export type LoggerColumn = keyof typeof loggerHeadings;

function listed(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split('|'));
}
