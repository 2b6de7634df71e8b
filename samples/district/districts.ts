// The districts of the sample city: their names, which places lie in them, and where those stand.
import type { PlaceName } from './places.ts';

export type SampleDistrict = {
  readonly name: string;
  readonly nameEn: string;
  /** By place: degrees north and east, WGS 84; the city is made up and lies in the sea. */
  readonly places: Partial<Record<PlaceName, readonly [latitude: number, longitude: number]>>;
};

export const sampleDistricts: readonly SampleDistrict[] = [
  {
    name: '临江区',
    nameEn: 'Linjiang',
    places: {
      dingxiang: [28.412, 124.118],
      laojiefang: [28.405, 124.131],
      sanwei: [28.401, 124.139],
      huaihua: [28.419, 124.126],
      linjiangYu: [28.396, 124.147],
      qinghe: [28.414, 124.112],
      dukou: [28.393, 124.152],
      linjiangSchool: [28.423, 124.137],
      xiangyu: [28.403, 124.135],
      mianbao: [28.416, 124.106],
    },
  },
  {
    name: '江北区',
    nameEn: 'Jiangbei',
    places: {
      wangji: [28.447, 124.121],
      jiangbeiHotpot: [28.441, 124.134],
      meixin: [28.443, 124.14],
      shuangqiao: [28.452, 124.146],
      xinfeng: [28.455, 124.152],
      jiangbeiMiddle: [28.461, 124.137],
      yunwu: [28.449, 124.128],
      kuaile: [28.453, 124.149],
      naicha: [28.459, 124.131],
      jiangbeiFish: [28.446, 124.118],
    },
  },
  {
    name: '北岸区',
    nameEn: 'Bei’an',
    places: {
      port: [28.43, 124.188],
      beian: [28.421, 124.172],
      central: [28.438, 124.17],
      beianSeafood: [28.427, 124.183],
      gangkou: [28.431, 124.185],
      foodpark: [28.436, 124.168],
      baiyun: [28.417, 124.163],
      beianHospital: [28.414, 124.166],
      chuanwei: [28.423, 124.175],
      yeshi: [28.425, 124.19],
      ronghe: [28.42, 124.177],
    },
  },
  {
    name: '云溪县',
    nameEn: 'Yunxi',
    places: { hefeng: [28.49, 124.06], yunling: [28.502, 124.075], abattoir: [28.482, 124.083] },
  },
];
