#!/usr/bin/env python3
"""Fits the points by which placeholders are decided: src/placeholder/points.tsv.

    tools/fit/placeholders.py --shared ../shared [--program target/debug/jianggao] [--write]

Needs numpy, scikit-learn and jieba (for finding nouns to blank; nothing of it gets into the program). The features come from
the program itself (`jianggao features marks FILES…`), so that each is defined once. What is learnt from:

- templates with their fields marked, the drafts with keys;
- finished prose, other texts and clean speeches as they are: nothing in them is a blank, but for what a reader judged true;
- the same prose with one to three blanks, or many, in every style around any noun, name or number;
- templates filled but for one field or two, and short drafts made of the phrases below;
- the same prose with a note to somebody who writes it, in brackets or without, with doubts in the place of a number or a
  name, and with notes and questions to those who read it (notes.py).

Each text is made from its own name alone, so the table is the same each time, with and without `--cache`. No document of the
unseen third is looked at. Logistic regression with L2, real shares, no class weights. Figures are by cross-validation that
leaves out documents, and of finished prose a whole source (a folder) at a time; and with whole styles left out in turn. A
threshold is the number of false alarms expected in ten thousand characters of prose from a source that was left out."""
import argparse, zlib, collections, glob, json, os, random, re, subprocess, sys, tempfile
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
import common, notes

HERE = os.path.dirname(os.path.abspath(__file__)); ROOT = os.path.dirname(os.path.dirname(HERE))
a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument('--shared', default=ROOT + '/../shared'); a.add_argument('--program', default=ROOT + '/target/debug/jianggao features marks')
a.add_argument('--write', action='store_true'); a.add_argument('--cache', help='a file to keep the candidates in between two fits'); a.add_argument('--styles', action='store_true', help='leave whole styles out, too'); a.add_argument('--warning', default='mark=.02,field=.004,round=.004,slot=.004,doubt=.01,aside=.003', help='false alarms expected per ten thousand characters of finished prose'); a.add_argument('--strength', type=float, default=.2, help='C of the regression: less is simpler'); a.add_argument('--variants', type=int, default=3)
a = a.parse_args(); S = os.path.abspath(a.shared); sys.path.insert(0, S + '/corpus'); import trust
HAN = '[\u4e00-\u9fff]'; rnd = random.Random(); WARNING = {k: float(v) for k, v in (x.split('=') for x in a.warning.split(','))}

# --- made texts ------------------------------------------------------------------------------------------------------------
FIELDS = '''会议名称 活动名称 单位名称 发文机关 主送机关 年份 日期 时间 地点 主题 目的 姓名 职务 联系人 电话 主办方 承办单位 村名 项目名称 企业名称 具体内容 任务一 任务二 责任部门 完成时限 数值 金额 百分比 增幅 牵头领导 参会人员 嘉宾姓名 主持人 发言人 上午/下午 早上/晚上 春/夏 男/女 街道 社区名 学校名称 班级 奖项 获奖人 题目 节日 产品 品种 道路 河流 桥名 景区 合作社 工期 里程 户数 人数 床位 面积 投资额 纳税额 亩产 文件名 文号 届次 口号 典型做法 存在问题 下步措施 经验一 案例 事由 请示事项 落款单位 成文日期 版本 栏目 赛事 球队 导师 课题 专业 岗位 科室 医院 病区 院长 书记 县 乡镇 区划 港口 机型 车次 航班 桌号 礼品 歌曲 节目 展馆 展位 甲方 乙方 供应商 经办人 审批人 编号 附件名称 链接 网址 邮箱 二维码 天气 温度 等级 分数 名次 开头 结语 过渡段 背景 意义 数据 图表 来源 依据 政策名称 法规名称 领导 主要领导 分管领导 对方单位 城市 国家 民族 方言 地名 亮点工作 一句话概括 欢迎词 感谢对象 合作内容 签约金额 竣工日期 开工日期 施工单位 监理单位 设计单位 使用单位 参观路线 用餐地点 住宿酒店 集合地点 出发时间 带队领导 随行人员 注意事项'''.split()
LONG = '''某位领导，可以前后对照进行准确替换 单字替换 下略 略 此处略 内容略 开场白：此处介绍背景，约200字 案例：结合本地实际 正文：约500字 姓名 时间 数字 请填写具体数据 写明工作背景和主要依据 简述上半年完成情况，两三句话 此处插入典型案例 列出三项重点任务 根据实际情况补充 概括会议主要成果 说明问题产生的原因 用一段话介绍基本情况 待补充：近三年数据 待核实 待补 待定 补充本单位情况 请结合本地实际修改 此处可举例说明 填写负责人和时限 数据待更新 名称待定 以下内容由办公室补写 介绍到场来宾 具体措施1，2-3句 对下一步工作提出要求'''.split()
FITTING = dict(year='年份 年份 年度 哪一年'.split(), num='数字 数据 数值 数量 人数 金额 个数 户数 百分比 具体数字 多少'.split(), date='日期 时间 具体日期 会议时间 年月日'.split(), who='姓名 人名 领导姓名 讲话人 主持人 发言人姓名 某领导'.split(), place='地名 地区 城市 省份 县名 本地名称 单位 单位名称'.split(), name='地名 单位 名称 单位名称 县名 镇名 村名 企业名称'.split())
THINGS = '车间 品牌 客户 茶厂 渔港 奖杯 校训 厂区 塔吊 展台 苗木 林场 商户 海塘 专列 班组 老站 剧目 校舍 船队 窑址 药店 货场 泵房 矿井 书院 茶园 菜场 球馆 码头 农机 仓库'.split()
TAILS = '名 名 数 数 号 称 语 词 额 量 率 名单 会长 场长 负责人 代表 主管 时间'.split()
OFFICES = '财务部 统计局 办公室 人事科 各村 业务处 发改局 安监站 农经站 镇里'.split()
WHOLE = '具体内容 会议决定 正文 发言要点 议定事项 典型案例 领导讲话 表彰名单 主要做法 工作打算 获奖单位 存在问题 参会人员 简要介绍 先进事迹 活动流程 任务清单 总结语 贺信全文 倡议内容'.split()
CHOICES = '县/区 乡/镇 乡/镇/街道 省/市 市/县 上午/下午 男/女 村/社区 局/委 老师/同学 先生/女士 单位/部门 春/秋 是/否 月/季度 科/室'.split()
VARS = 'meeting_date speaker company_name amount date city leader topic unit year department project total deadline venue name phone'.split()
LABELS = '案例一 案例二 延伸阅读 导读 编者按 新闻链接 记者手记 新闻特写 现场直击 专家观点 背景资料 小知识 工作动态 基层声音 本报讯 一线见闻 时评 图片新闻 数说 金句 典型引路 声音 关键词 人物名片 链接 点评 主持人语 阅读提示 特别提醒'.split()
STAGE = '此处停顿 此处略有改动 此处有掌声 此处翻页 此处举杯 鼓掌 停顿 掌声 全体起立 音乐起 播放视频 代表发言 颁奖 此处脱稿 稍停 宣读名单 鞠躬 笑声 敬礼 集体朗诵 展示图片 转身面向国旗 灯光渐暗 嘉宾上台 合影留念 环视全场 舞蹈表演 请看大屏幕'.split()
NOTES = 'B类单位 社区 部门 机关 乡镇 牵头单位 责任单位 县区 企业 个人 名单附后 会议纪要 行业部门 党组织 A类企业 服务对象 工作专班 下属单位 重点任务 民生事项 以前年度 项目 试行 征求意见稿 修订版 2025年版 含税 模板 通用稿 范文 样稿 讲话稿 提纲 不含周末 下同 见附件 星期三 略有删节 按姓氏笔画排序 主任医师 县委常委 重点是前三章 主要是基层单位 即三公里以内 又称小满节 共三期 占比不高 包括家属 占地较小 市、区两级 原农机站 乡镇级 每年一次 笔者注 指农村户 单位：万元 第二版'.split()
FILL = '青山镇 王立新 三月五日 大礼堂 抓落实 城关中学 二十三 农业农村局 李晓梅 柳树村 星火计划 三百 张主任 会议室 提质增效 供销社 北关社区 百分之八 机关党委 赵建国 红星机械厂 文化站'.split()
BODY = '''同志们：
各位领导、各位来宾：
　　今天召开{会议}，主要任务是总结前一段工作，研究部署下一步任务。
　　刚才，{人}同志作了很好的发言，{单位}介绍了经验，我都赞同。
　　今年以来，在{单位}的坚强领导下，全体干部齐心协力，各项工作取得新进展。
　　全年完成投资{数}亿元，同比增长{数}%，新增就业{数}人。
　　一要提高认识，把{事}摆在突出位置。
　　二要强化担当，由{单位}牵头，{单位}配合，{时间}前完成。
　　三要狠抓落实，确保{事}落地见效。
活动主题：{事}
{单位}　{人}
{人}　{单位}
{时间}
时间：{时间}
地点：{地}
主持人：{人}
　　让我们以热烈的掌声欢迎{人}上台致辞。
　　我谨代表{单位}，向{单位}表示热烈的祝贺！
　　{地}的做法值得学习，要总结推广。
　　请于{时间}前报送材料，联系人{人}。
　　聘任{人}为技术顾问，聘期{数}年。
{名}县的经验值得学习。
{名}镇、{名}镇要加快进度。
　　{名}公司去年产值{数}万元。
{名}书记强调，要抓好落实。
　　上半年完成{数}个项目，惠及{数}户群众。
第{数}位发言的是{名}局长。
　　{名}集团与{名}大学签约。
让{名}成为标杆，为{名}争光，建设{名}区。
　　投入{数}万元，新建{数}座，修路{数}公里。
{名}村支书{名}作了表态。
　　承办法官{名}七次上门，{名}局局长全程参与。
　　额度最高{数}万元，已安全生产{数}天，达标率达到{数}%。
　　转移群众{数}人，尚缺{数}万元。
　　县医院{名}主任医师坐诊。
　　由{名}牵头，{名}配合。
　　全县GDP{数}亿元，增长{数}%，税收{数}万元。
　　下面，我讲{数}点意见。
| {事} | {名}局 |
| {名}路 | {人}副县长 | {时间} |
　　我谨代表{名}向大家致谢，涌现出以{名}为代表的先进典型。
　　{人}同志很辛苦，{名}同志也来了。
　　（{人}，{名}局局长）
　　{事}
{事}
（{事}）
　　{事}
　　最后，祝大家工作顺利、身体健康！
{单位}：
　　　　{单位}
　　　　{时间}
　　经{名}委、政府研究同意，今天召开{会议}，主要是贯彻落实{会议}精神。
　　安排部署我{名}下一步工作，全{名}上下要迅速行动。
　　截至目前，全{名}共有{数}户，完成率在全{名}排名第{数}。
　　加快建设{事}，确保{时间}前投入使用。
举报电话：{数}，联系人：{人}。
地　　点：{地}
　　受{单位}委托，我就{事}作说明。
　　在{人}的陪同下，{人}来到{地}，看望{人}。
　　以{事}为抓手，把{事}办好。
关于{事}的通知
{单位}牵头抓总，{单位}具体负责。
{人}主持会议并讲话。
　　{会议}在{地}召开，{人}出席。
　　{单位}要当好表率，{地}要走在前列。
{地}召开动员会议，部署{事}。
{人}：
在{会议}上的讲话
　　大家{时间}好！我是来自{单位}的{人}。
　　经过{数}个月的努力，{事}顺利推进，群众满意度达到{数}%。
- 目标：{事}
1. {事}：完成{数}项
## 一、{事}
　　这次会议紧扣{事}，分析形势、部署任务，开得很好。
　　感谢{人}，感谢{单位}，感谢所有为{事}付出的同志。'''.split('\n')
BRACKETS = [('【', '】'), ('[', ']'), ('{', '}'), ('{{', '}}'), ('（', '）'), ('（', '）'), ('（', '）'), ('（', '）'), ('（', '）'), ('<', '>'), ('«', '»'), ('［', '］'), ('〔', '〕'), ('${', '}')]
HOLLOW = [('【', '】', 'XX'), ('【', '】', ''), ('[', ']', 'XX'), ('【', '】', 'X'), ('［', '］', '××'), ('{', '}', 'XX'), ('【', '】', '＋'), ('[', ']', '＋'), ('〔', '〕', '＋'), ('（', '）', 'XX'), ('（', '）', '')]
MARKS = [('XX', 'XX', '20XX'), ('××', '×', '20××'), ('X', 'X', 'X'), ('XXX', 'XX', '20XX'), ('某某', 'XX', '20XX'), ('某某某', '×', '××'), ('*', '*', '20**'), ('**', '**', '20**'), ('***', '**', '20**'), ('○○', '○○', '20○○'), ('□□', '□', '20□□'), ('___', '____', '20__'), ('△△', '△△', '20△△'), ('＿＿', '＿＿', '20__'), ('A', 'N', 'N'), ('A', 'NN', 'YYYY'), ('###', '##', '20##'), ('xx', 'xx', '20xx'), ('ⅩⅩ', 'ⅩⅩ', '20ⅩⅩ'), ('×××', '××', '××××'), ('＊＊', '＊＊', '20＊＊'), ('〇〇', '〇〇', '20〇〇'), ('某', 'X', 'X'), ('B', '00', 'XXXX'), ('某某', '？', '20？？'), ('XX', 'X.X', 'XXXX'), ('■■', '■■', '20■■'), ('A', '？', 'XXXX'), ('C', '？', '20？？'), ('XX', '00', '20XX'), ('×××', '00', '20××'), ('B', 'N', 'X'), ('XX', '00', '20XX'), ('×××', '？', '20××'), ('某某', '00', 'XXXX'), ('###', 'NN', '20##'), ('+++', '++', ''), ('@@', '@@', ''), ('￥￥', '￥￥', ''), ('＃＃＃', '＃＃', ''), ('～～', '～～', ''), ('＆＆', '&&', ''), ('＄＄', '$$', ''), ('＝＝', '==', ''), ('^^', '^^', ''), ('++', '……', ''), ('@@@', '...', ''), ('◎◎', '◎◎', ''), ('●●', '●●', ''), ('◆◆', '◆', ''), ('〇〇〇', '〇〇', ''), ('□□□', '□□', ''), ('（A）', '（N）', ''), ('（B）', '（C）', ''), ('A', 'NNN', ''), ('B', 'N.N', ''), ('C', '00', ''), ('XX', '0.00', '20XX'), ('D', 'nn', '')]
SLOTS = ['', '', '待定', '待核实', ' ', '  ', '    ', '　', '　　', '       ', '（　）', '待补', '']

class Text:
    """A text put together with blanks in it: gold holds (line, start, end)."""
    def __init__(self, text): self.lines = text.split('\n'); self.gold = []
    def put(self, line, edits):
        """edits: [(start, end, new, blank?)] in order."""
        old, res, at = self.lines[line], '', 0
        for s, e, new, blank in edits:
            res += old[at:s]
            if blank: self.gold.append((line, len(res), len(res) + max(1, len(new))))
            res += new; at = e
        self.lines[line] = res + old[at:]
    def text(self): return '\n'.join(self.lines)

UNIT = re.compile('亿元|万元|万人|万亩|万吨|万户|个百分点|公里|%|％|人次|人|户|家|名|个|项|亩|元|吨|件|场|次|岁|天|套|台|平方米|倍|座|条|篇|本|处|所|辆|头|株|份|批|期|支|米|斤|公斤|小时|分钟'); NUM = re.compile(r'(?<![\d.A-Za-z%])\d+(?:\.\d+)?(?=亿元|万元|万人|万亩|万吨|万户|个百分点|公里|%|％|人次|人|户|家|名|个|项|亩|元|吨|件|场|次|岁|天|套|台|平方米|倍|座|条|篇|本|处|所|辆|头|株|份|批|期|支|米|斤|公斤|小时|分钟)')
YEAR = re.compile(r'(?<!\d)(?:19|20)\d\d(?=年)'); DATE = re.compile(r'(?<!\d)(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日'); WHO = re.compile(r'(?<=[，。、；由请和])[\u4e00-\u9fff]{2,3}(?=同志|书记|主任|局长|市长|县长|老师|教授|先生|女士|董事长|院长)')
PLACES = re.compile('(?:北京|天津|河北|山西|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|陕西|甘肃|青海|宁夏|新疆|华为|深圳|成都|武汉|南京|香港|华中|我省|我市|我县|我区|全省|全市|我校|学校)')
import logging, jieba, jieba.posseg; jieba.setLogLevel(logging.ERROR); jieba.initialize(); jieba.posseg.initialize(); TAGS = jieba.posseg.dt.word_tag_tab
def nouns(line):
    at = 0
    for w in jieba.cut(line, HMM=False):
        if TAGS.get(w, 'x')[0] == 'n' and 2 <= len(w) <= 4 and re.fullmatch(HAN + '+', w): yield at, at + len(w)
        at += len(w)

def sites(line, wide):
    """Places in a line that may be blanked: (start, end, kind)."""
    out = [(m.start(), m.end(), 'date') for m in DATE.finditer(line)] + [(m.start(), m.end(), 'num') for m in NUM.finditer(line)] + [(m.start(), m.end(), 'year') for m in YEAR.finditer(line)] + [(m.start(), m.end(), 'who') for m in WHO.finditer(line)] + [(m.start(), m.end(), 'place') for m in PLACES.finditer(line)]
    if wide: out += [(s, e, 'noun') for s, e in nouns(line)]
    out.sort(key=lambda x: (x[0], -x[1])); res = []
    for x in out:
        if not res or x[0] >= res[-1][1]: res.append(x)
    return res

def written(kind, style):
    if style[0] == 'field':
        o, c = style[1][:2]
        if len(style[1]) > 2: return o + ('XX' + rnd.choice('县区镇局村乡') if style[1][2] == '＋' and kind in ('place', 'name', 'noun') else style[1][2].replace('＋', 'X')) + c
        if kind == 'date' and rnd.random() < .3: return f"{o}{rnd.choice(FITTING['year'])}{c}年{rnd.randint(1, 12)}月{rnd.randint(1, 28)}日"
        if o == '（':
            r = rnd.random()
            if kind in ('noun', 'place', 'name') and r < .12: return o + rnd.choice(CHOICES) + c
            if kind not in ('date', 'year') and r < .25: return o + rnd.choice(THINGS) + rnd.choice(TAILS) + c
            if r < .35: return o + rnd.choice(FIELDS) + rnd.choice(['待定', '待补', '待核', '待报', '未定']) + c
            if kind == 'num' and r < .52: return o + rnd.choice(OFFICES) + rnd.choice(['提供', '填报', '报', '核定']) + c
            if r < .55 and kind != 'num': return o + (rnd.choice(LONG) if r < .42 else notes.wanted(rnd)) + c
            return o + rnd.choice(FITTING[kind] if kind in FITTING and rnd.random() < .6 else FIELDS) + c
        if o in ('${',) or o[0] == '{' and rnd.random() < .3: return o + rnd.choice(VARS) + c
        r = rnd.random(); inner = rnd.choice(LONG) if r < .1 else notes.wanted(rnd) if r < .15 else rnd.choice(FITTING[kind] if kind in FITTING and r < .5 else FIELDS)
        if r > .9: inner = 'X' + rnd.choice(['分钟', '个', '万元', '人', '月']) if r > .95 else rnd.choice(['XX', '×', 'X', '待补充', ''])
        return o + inner + c if inner or o in '【（' else o + '待补' + c
    if style[0] == 'aside': return notes.doubt(rnd, kind)
    if style[0] == 'mark':
        name, num, year = style[1]
        if kind == 'date' and not year: return f'{num[:3]}月{num[:3]}日' if num[0] == num[-1] and num[0] not in 'N0.' else 'X月X日'
        if kind == 'date':
            if year[:2] == 'YY': return 'YYYY年MM月DD日'
            n = num[:2] if num[0] in 'X×*○_□△x' else 'X'; return rnd.choice([f'{year}年{n}月{n}日', f'{n}月{n}日', f'20{"XX" if n[0] in "Xx" else n[0] * 2}年{n}月'])
        if kind == 'num' and rnd.random() < .12 and num[0] in 'X×': return f'{num}-{num}' if rnd.random() < .5 else f'{num}.{num[0]}'
        return dict(num=num, year=year).get(kind, name)
    s = style[1]
    if kind == 'date': return rnd.choice(['2026年 月 日', '　　年　　月　　日', '2026年  月  日', '年   月   日']) if s != '待补' else s
    return s

def doubted(line, end):
    """The measure at the end of a number goes with it, more often than not."""
    m = UNIT.match(line, end)
    return len(m[0]) if m and rnd.random() < .8 else 0

def fitting(line, there, style):
    """The places of a line that a style can stand in."""
    if style[0] == 'slot': there = [s for s in there if s[2] in ('num', 'date') or style[1] not in ('', ' ', '  ', '　') and s[2] in ('who', 'place')]
    if style[0] == 'slot' and style[1] == '': there = [s for s in there if s[2] == 'date' or re.match('亿元|万元|万人|万亩|万吨|万户|个百分点|公里|%|％|平方米|亩', line[s[1]:]) and re.search(HAN + '$', line[:s[0]])]
    if style[0] == 'mark' and style[1][0] in 'ABCD（': there = [s for s in there if s[2] in ('num', 'who', 'date') or s[2] == 'year' and style[1][2] not in ('N', '')]
    if style[0] == 'mark' and not style[1][2]: there = [s for s in there if s[2] != 'year']
    if style[0] == 'aside': there = [(s, e + doubted(line, e), k) for s, e, k in there if k in ('num', 'who') or k in ('noun', 'place') and line[s - 1:s] in tuple('由请在向和与让给从，、')]
    if style[0] == 'mark' and style[1][1] in ('？',): there = [s for s in there if s[2] == 'num' and re.search(HAN + '$', line[:s[0]])]
    return there

def blank(text, style, share, few=None, wide=True, md=False):
    """Blanks of one style, or, without one, of any at each place."""
    t = Text(text); body = [i for i, l in enumerate(t.lines) if len(l) > 12 and 'http' not in l]
    left = few or len(body)
    if few: rnd.shuffle(body)
    for i in body:
        line = t.lines[i]; there = sites(line, wide and (few or rnd.random() < .2))
        if style is None:
            edits = []
            for s in there:
                st = styles_for(md)
                if rnd.random() < share and (fit := fitting(line, [s], st)): edits.append((*fit[0][:2], written(fit[0][2], st), True))
            if edits: t.put(i, edits)
            continue
        there = fitting(line, there, style)
        if not there: continue
        left -= 1
        if left < 0: break
        chosen = [rnd.choice(there)] if few else [s for s in there if rnd.random() < share]
        t.put(i, [(s, e, written(k, style), True) for s, e, k in chosen])
    return t

STYLES = [('field', b) for b in BRACKETS + HOLLOW] + [('mark', m) for m in MARKS] + [('slot', s) for s in SLOTS] + [('aside', 'a')]
def styles_for(md, weights=(1, 1.3, .8, .2)):
    while True:
        family = rnd.choices(('field', 'mark', 'slot', 'aside'), weights)[0]; s = rnd.choice([x for x in STYLES if x[0] == family])
        if md and (s[1] and s[1][0][:1] in ('*', '_') or s[1] and s[1][0] == '<'): continue
        return s

def composed(md=False):
    """A short draft of the phrases above with fields or marks, or filled but for some; with labels, stage directions and notes."""
    style = styles_for(md); other = rnd.choice([('mark', m) for m in MARKS if m[0][0] in 'X×_＿○' and not (md and m[0][0] == '_')]) if style[0] == 'field' and rnd.random() < .35 else None; left = rnd.choice([1, 1, 2, 3, 99]); lines = rnd.sample(BODY, rnd.randint(6, 20)); out = []; t = Text('')
    holes = [(i, m) for i, l in enumerate(lines) for m in re.finditer(r'\{(.*?)\}', l)]; keep = set(rnd.sample(range(len(holes)), min(left, len(holes)))); k = 0; gold = []
    kinds = {'会议': 'noun', '人': 'who', '单位': 'noun', '数': 'num', '事': 'noun', '时间': 'date', '地': 'place', '名': 'name'}
    for i, l in enumerate(lines):
        res, at = '', 0
        for m in re.finditer(r'\{(.*?)\}', l):
            res += l[at:m.start()]; kind = kinds[m[1]]
            usable = not (style[0] == 'field' and kind == 'name' and style[1][0] == '（' or style[0] == 'slot' and (kind not in ('num',) or style[1] in ('', '（　）') and not re.match('亿元|%', l[m.end():])) or style[0] == 'mark' and style[1][0] in 'ABCD（' and kind not in ('num', 'who') or style[0] == 'aside' and kind in ('time', 'date') or style[0] == 'mark' and style[1][1] == '？' and kind != 'num')
            if k in keep and usable: new = written(kind, other if other and kind in ('num', 'date') else style); gold.append((len(out), len(res), len(res) + max(1, len(new))))
            else: new = rnd.choice(['二十三', '8', '120']) if kind == 'num' else rnd.choice(['3月5日', '下周一']) if kind == 'date' else rnd.choice(FILL)
            res += new; at = m.end(); k += 1
        res += l[at:]
        if style[0] == 'aside' and rnd.random() < .3: note = notes.aside(rnd); gold.append((len(out), len(res) + 1, len(res) + 1 + len(note))); res += rnd.choice('，。') + note + '。'
        elif rnd.random() < .04: res += notes.spoken(rnd)
        if rnd.random() < .08: res += f'（{rnd.choice(STAGE + NOTES) if rnd.random() < .6 else notes.remark(rnd)}）'
        out.append(res)
        if rnd.random() < .05: out.append(f'{rnd.choice(["【%s】", "［%s］", "【%s】"]) % rnd.choice(LABELS)}{rnd.choice(["", "去年秋天，村里来了几位专家，一住就是半个月。", "田埂上的“土专家”"])}')
    t.lines = out; t.gold = gold; return t

def beside(line, note):
    """The line with a note behind one of its clauses."""
    cut = [m.start() + rnd.randint(0, 1) for m in re.finditer('[。！，；]', line)] or [len(line)]; c = rnd.choice(cut)
    return line[:c] + note + line[c:]

def with_note(text):
    """Finished text with one note or two to somebody who has still to write."""
    t = Text(text); body = [i for i, l in enumerate(t.lines) if len(l) > 20 and 'http' not in l]
    for i in rnd.sample(body, min(len(body), rnd.choice([1, 1, 1, 2]))):
        o, c = rnd.choice(BRACKETS[4:9] * 3 + BRACKETS[:2]); note = o + notes.wanted(rnd) + c
        t.lines[i] = ('　　' + note if rnd.random() < .2 else beside(t.lines[i], note)); at = t.lines[i].find(note)
        t.gold.append((i, at, at + len(note)))
    return t

def with_asides(text):
    """Finished text with one such note or two that stand without brackets, or with doubts."""
    t = Text(text); body = [i for i, l in enumerate(t.lines) if len(l) > 20 and 'http' not in l]
    for i in rnd.sample(body, min(len(body), rnd.choice([1, 1, 2, 3]))):
        l = t.lines[i]; cut = [m.start() for m in re.finditer('[。！，；]', l)] or [len(l)]; c = rnd.choice(cut) if rnd.random() < .8 else cut[-1]; note = notes.aside(rnd); point = l[c:c + 1] or '。'
        tail = l[c:] or '。'; t.lines[i] = l[:c] + (point if rnd.random() < .7 else '，') + note + ('' if len(tail) < 2 and rnd.random() < .6 else tail); at = t.lines[i].find(note, c)
        t.gold.append((i, at, at + len(note)))
    return t

def with_notes(text):
    """Finished text with labels, stage directions and notes put in: none is a blank."""
    lines = text.split('\n'); body = [i for i, l in enumerate(lines) if len(l) > 30]
    for i in rnd.sample(body, min(len(body), rnd.randint(1, 5))):
        l = lines[i]; r = rnd.random()
        if r < .12: lines[i] += f'\n{rnd.choice(["", "　　"])}（{rnd.choice(STAGE)}）'; continue
        if r < .16: lines[i] += '\n' + rnd.choice(['[打印本页] [关闭窗口]', '[收藏] [打印] [关闭]', '[ 大 中 小 ]', '【字体：大 中 小】', '[返回顶部]', '【打印】【关闭】', '[上一篇] [下一篇]']); continue
        if r < .35: lines[i] = rnd.choice(['【%s】', '［%s］', '【%s】']) % rnd.choice(LABELS) + l.strip('　 ')
        elif r < .7:
            cut = [m.end() for m in re.finditer('[。！]', l)] or [len(l)]; c = rnd.choice(cut); lines[i] = l[:c] + f'（{rnd.choice(STAGE)}）' + l[c:]
        elif r < .78: lines[i] = f'（{rnd.choice(NOTES[:24])}）' + l.strip('　 ')
        elif r < .9: lines[i] = beside(l, f'（{notes.remark(rnd)}）')
        else:
            ns = list(nouns(l))
            c = rnd.choice(ns)[1] if ns else 0
            if c and l[c - 1] not in '在由向对把被将从经按与同跟我全该于至为及和以给让请': lines[i] = l[:c] + f'（{rnd.choice(NOTES)}）' + l[c:]
    return '\n'.join(lines)

TALK = ['A村缺的B村调，调不到的找县里。', '市场A区卖鲜货，B区卖干货。', '前年，A、B公司同时来考察，A公司看中了土地，B公司看中了港口。', 'A局推B局，B局推C局，群众跑断了腿。', '【案例一】某县一名干部收受礼金。', '【案例二】某镇一名会计挪用公款。', '某村原支书侵占补贴款。', '某局工作人员上班炒股被通报。', '某乡干部下乡只打卡不走访。', '钱从哪里赚？人来，靠的是青山绿水。', '图中●为已建站点，▲为在建站点，■为规划站点。', '进度表里●正常，▲滞后，○未启动。', '标注★的为重点项目，标注△的为储备项目。', '※ 以上数据为快报数。', '住的是四星级酒店★★★★。', '请在□内打√，□是□否。', '●已完成 ○未完成', '▲村民正在采摘黄桃。', '■本报记者 李晓梅', '得分：★★★☆☆', 'A公司与B公司签订合同，A先生随后起诉。', 'A先生今年五十岁，A先生的儿子在B市打工。', '在A公司上班的B女士把A公司告上法庭，A公司不服。', '案例中，A村与B村相邻，A村村民和B村村民多年不和。', '“XX”只是个代号，不必深究。', '有人在材料里写“某某单位”，一看就是没下功夫。', '补贴按面积×单价计算，得分按分值×权重汇总。', '合格率=合格数÷总数×100%。', '要实施“数据要素×”三年行动。', '推动“人工智能×制造”融合。', '要做好“文旅×农业”文章。', '推广1+X证书、5G+X应用。', '设未知数x，列出方程。', 'X轴为年份，Y轴为产值。', '做了X光和B超检查。', '他坐的是G字头高铁，穿着T恤。', '该社交平台X上的账号已核实。', '这家A股公司业绩不错。', '每人发N95口罩。', '一名技术员联系N户。', '全长4×100米接力赛，实行7×24小时值守。', '某些干部作风漂浮，某种程度上影响了形象。', '某县一名干部因此受到处分。', '张某因酒驾被查，李某某被免职。', '某单位公章盖了半个月。', '带*的指标为约束性指标。', '考核打“×”的一律返工。', '要把责任落实到人、进度到天、到岗到位。', '亿元以上项目达到百余个，万元以下的不算。', '全区亿元企业突破百家，每万人拥有医生三十名。', '单位面积产值、万元产值能耗继续下降。', '谁去干？个别同志心里没底。', '钱从哪来？人往哪去？', '下降了几个百分点，收窄了数亿元。', '这家×××连锁店开到了县城。', '海拔X米以上为禁区，这是规程里的写法。', '青石县人民政府县长　　许知行', '区长　　王 强', '第一名　　李明', '甲队　　乙队　　丙队', 'A组先行，B组跟进，C组保障。', 'C919、运20总装线全面提速。', '血型为O型的同志优先。', '产品A、产品B双双获奖。', '有待补充完善，尚待研究。', '这是待定资格赛。', '年月日要写全。', '社交平台X（原推特）上有报道。', '海外账号X、脸书同步更新。', '书稿VII至X段另行修改。', '新款Model X亮相。', '方案A优于方案B。', '他关注了B站账号。', '这是4A级景区、AA级信用企业。', 'A类企业享受B类政策。', '公司完成A轮融资。', '代号X的型号已停产。', '项目X部（原规划部）参加了会议。', '某县一名干部收受礼金，受到处分。', '某镇会计挪用公款，被开除。', '某村支书优亲厚友，群众反映强烈。', '某局办事窗口推诿扯皮。', '某日上午，暗访组来到某窗口。', '某公司偷排污水被查处。', '这样行吗？万一出了问题怎么办？个人负责。', '为什么？人心变了。', '谁来管？家家都要管。', '数据精确到个位，误差在00.5以内。', '他生于八〇后，妹妹是00后。', '座号为第00号的票作废。', '以××为中心的老路走不通。', '长×宽×高不得超标。', '热值×用量就是总热量。', '小张、小王××岁就参加工作，这样写不规范。', '某商场因电线老化起火，所幸无人伤亡。', '某化工企业违规检修，酿成事故。', '要做到某时某刻某岗有人管。', '某建筑工地塔吊倒塌，两人受伤。', '卡号只显示6222****0018，防止泄露。', '公告上印着“XX镇政府”，是套用模板没有改。', '“××单位”字样被拍下来发到网上，闹了笑话。', '法条里第X条、第XX条这样的引用要查原文。', '预警发出后X分钟内送达，X由县里定。', '甲公司起诉乙公司，乙公司不服。', '甲村挖沟，乙村堵水，两村闹了十年。', '车牌号只露出×A·6***，余下的打了码。', '姓名一栏写“张*”“王**”，保护隐私。', '奖金按系数×基数核算。', '运费按里程×单价结算。', '总分按得分×权重折算。', '工资按工时×费率发放。', '产值按产量×均价统计。']
def with_talk(text):
    lines = text.split('\n'); body = [i for i, l in enumerate(lines) if len(l) > 30]
    for i in rnd.sample(body, min(len(body), rnd.randint(1, 4))): lines[i] += rnd.choice(TALK) if rnd.random() < .6 else notes.spoken(rnd)
    return '\n'.join(lines)

def gather():
    # --- the texts and their labels --------------------------------------------------------------------------------------------------
    def read(p): return open(p, encoding='utf-8', newline='').read().replace('\r\n', '\n').lstrip('\ufeff')
    skip = collections.defaultdict(set)
    for l in open(S + '/corpus/verdicts.jsonl', encoding='utf-8'):
        r = json.loads(l)
        if r['code'].startswith('placeholder') and r['verdict'] != 'false': skip[r['file']].add(r['line'] - 1)
    gold = json.load(open(S + '/corpus/templates/gold.json', encoding='utf-8'))
    DOCS = []  # name of the source, extension, text, gold, set, style, lines not to learn from
    def add(src, ext, text, g, kind, style='', ignore=()): DOCS.append((src, ext, text, g, kind, style, set(ignore)))
    for f, g in sorted(gold.items()):
        if trust.third(os.path.basename(f)): continue
        rnd.seed(f); t = read(f'{S}/corpus/{f}'); ext = os.path.splitext(f)[1]; G = [(x[0], x[1], x[2]) for x in g]; add(f, ext, t, G, 'template')
        for o, c in [('【', '】'), ('{', '}'), ('[', ']'), ('«', '»')]:  # the same template with other brackets
            T = Text(t); by = collections.defaultdict(list)
            for i, s, e, x in ((x[0], x[1], x[2], x[3]) for x in g): by[i].append((s, e, o + x.strip('[]{}【】（）') + c, True))
            for i in by: T.put(i, sorted(by[i]))
            add(f, ext, T.text(), T.gold, 'template', o)
        for n in range(8):  # filled but for one or two
            T = Text(t); keep = set(rnd.sample(range(len(g)), min(len(g), rnd.choice([1, 1, 2, 3])))); by = collections.defaultdict(list); o, c = rnd.choice(BRACKETS[:11])
            for k, (i, s, e, x) in enumerate((x[0], x[1], x[2], x[3]) for x in g):
                own = x.strip('[]{}【】（）<>«»')
                new = x if n % 2 == 0 else f'（{own}）' if n % 4 == 3 else o + (own if rnd.random() < .5 else notes.wanted(rnd) if e - s > 14 else rnd.choice(FIELDS)) + c
                by[i].append((s, e, new if k in keep else rnd.choice(FILL) if e - s < 14 else '会议指出，今年以来各项工作扎实推进，取得了阶段性成效。', k in keep))
            for i in by: T.put(i, sorted(by[i]))
            add(f, ext, T.text(), T.gold, 'last field', 'as it was' if n % 2 == 0 else '（ own words' if n % 4 == 3 else o)
    for p in sorted(glob.glob(S + '/drafts/*.txt')):
        k = json.load(open(p + '.key.json')); t = read(p); add(os.path.basename(p), '.txt', t, [(x['line'] - 1, x['col'] - 1, x['col'] - 1 + len(x['text'])) for x in k['placeholders']], 'drafts')
    prose = [p for p in sorted(glob.glob(S + '/corpus/prose/*/*')) if not trust.third(os.path.basename(p))]
    others = [p for p in sorted(glob.glob(S + '/corpus/other/*/*')) if not trust.third(os.path.basename(p))]
    clean = [p for p in sorted(glob.glob(S + '/clean/*.[tm]*')) if 'README' not in p]
    for p in prose + others + clean:
        t = read(p); src = p.split('/corpus/')[-1]; ext = os.path.splitext(p)[1] or '.txt'; no = skip.get(src, ()); kind = 'other' if p in others else 'finished'
        add(src, ext, t, [], kind, '', no)
        if p in others: continue
        rnd.seed(src); add(src, ext, with_talk(with_notes(t)), [], 'noted', '', no)
        T = with_note(t); add(src, ext, T.text(), T.gold, 'note', '', no)
        T = with_asides(t); add(src, ext, T.text(), T.gold, 'aside', '', no)
        T = blank(t, ('aside', 'a'), 0, few=rnd.randint(1, 3)); add(src, ext, T.text(), T.gold, 'left over', 'aside', no)
        for n in range(a.variants):
            rnd.seed(f'{src} {n}'); ext = rnd.choice([ext, '.txt']); st = styles_for(ext == '.md')
            while st[1][:1] == ('某',): st = styles_for(ext == '.md')
            T = blank(t, st, 0, few=rnd.randint(1, 3)); add(src, ext, T.text(), T.gold, 'left over', f'{st[0]} {st[1][:1]}', no)
        rnd.seed(f'{src} mixed')
        if rnd.random() < .35:  # drafted by several hands, or by one that takes what comes
            T = blank(with_notes(t), None, rnd.choice([.1, .2, .4]), md=ext == '.md'); add(src, ext, T.text(), T.gold, 'mixed', '', no)
        rnd.seed(f'{src} whole')
        if rnd.random() < .7:  # a whole paragraph that is still to be written
            T = Text(t); i = rnd.randrange(len(T.lines)); o, c = rnd.choice(BRACKETS[:9]); new = rnd.choice(['', '　　']) + o + (rnd.choice(WHOLE if rnd.random() < .6 else LONG) if (r := rnd.random()) < .5 else rnd.choice(FITTING[rnd.choice(['who', 'place', 'name', 'date'])]) if r < .8 else notes.wanted(rnd)) + c; T.lines.insert(i + 1, new); T.gold.append((i + 1, len(new) - len(new.strip('　')), len(new))); add(src, ext, T.text(), T.gold, 'left over', f'whole {o}', {n + (n > i) for n in no})
        if rnd.random() < .4:
            st = styles_for(ext == '.md'); T = blank(with_notes(t), st, rnd.choice([.05, .2, .5])); add(src, ext, T.text(), T.gold, 'blanked', f'{st[0]} {st[1][:1]}', no)
    for n in range(1500): rnd.seed(f'composed {n}'); e = rnd.choice([".txt", ".txt", ".md"]); T = composed(e == ".md"); add(f"composed {n % 60}", e, T.text(), T.gold, 'composed')

    with tempfile.TemporaryDirectory() as tmp:
        paths = {}
        for n, (src, ext, text, *_) in enumerate(DOCS):
            q = f'{tmp}/{n}{ext}'; paths[q] = n; open(q, 'w', encoding='utf-8', newline='').write(text)
        rows = []
        L = list(paths)
        for i in range(0, len(L), 500):
            p = subprocess.run([*a.program.split(), *L[i:i + 500]], capture_output=True, text=True)
            rows += [json.loads(l) for l in p.stdout.splitlines()]
    return DOCS, paths, rows
import pickle
if a.cache and os.path.exists(a.cache): DOCS, paths, rows = pickle.load(open(a.cache, 'rb'))
else:
    DOCS, paths, rows = gather()
    if a.cache: pickle.dump((DOCS, paths, rows), open(a.cache, 'wb'))
print(len(DOCS), 'documents,', len(rows), 'candidates', flush=True)
FAMILIES = ['mark', 'field', 'round', 'slot', 'doubt', 'aside']; per = {f: [] for f in FAMILIES}; found = collections.defaultdict(set)
for r in rows:
    n = paths[r['file']]; src, ext, text, g, kind, style, ignore = DOCS[n]; line = r['line']
    hit = [x for x in g if x[0] == line and not (r['end'] <= x[1] or x[2] <= r['start'])]
    found[n].update(hit)
    if line in ignore and not hit: continue
    if kind in ('template', 'last field') and r['style'] == '（）' and not hit or r['style'] == 'house': continue
    per[r['family']].append((src, kind, style, r, bool(hit)))
miss = collections.Counter(); all_ = collections.Counter()
for n, d in enumerate(DOCS):
    for x in d[3]: all_[d[4], d[5]] += 1; miss[d[4], d[5]] += x not in found[n]
print('no candidate:', {k: f'{v}/{all_[k]}' for k, v in miss.most_common(40) if v})
# Words that nobody thought of: in some documents half of the features that rest on words inside brackets are taken away.
WORDY = {'mends', 'interrogative', 'who', 'urges', 'asks-amount', 'asks-whom', 'urged-chore', 'asks', 'asks-end', 'asks-only', 'known', 'led-known', 'whole-known', 'label-known', 'noun-known', 'fills', 'fills-start', 'notes', 'notes-start', 'label-before', 'orphan', 'directs', 'chore', 'of-draft', 'draft-chore', 'line-directs', 'line-asks', 'agrees', 'clause-known', 'list-known', 'head-known'}
for f in ('field', 'round'):
    more = []
    for src, kind, style, r, y in per[f]:
        name = f"{src} {kind} {style} {r['line']} {r['start']} {r['text']}"
        if zlib.crc32(name.encode()) % 6: continue
        rnd.seed(name); gone = {w for w in sorted(WORDY) if rnd.random() < .5}
        if gone & set(r['features']): more.append((src, kind + ' -words', style, {**r, 'features': [x for x in r['features'] if x not in gone]}, y))
    per[f] += more
chars = sum(len(d[2]) for d in DOCS if d[4] == 'finished')
def group(src): return src.rsplit('/', 1)[0] if src.startswith('prose/') else src
names = [l.split('\t') for l in subprocess.run([*a.program.split()[:-1], 'names'], capture_output=True, text=True).stdout.splitlines()]
head = ['# Points of the features of placeholders, in hundredths of a logit. Written by tools/fit/placeholders.py.']; table = []
meanings = {}
meanings.update(names)
for fam in FAMILIES:
    R = per[fam]; feats = sorted({f for x in R for f in x[3]['features']}); styles = sorted({x[3]['style'] for x in R}); cols = {f: i for i, f in enumerate(feats)}; off = len(feats)
    own = [[cols[f] for f in x[3]['features']] + [off + styles.index(x[3]['style'])] for x in R]
    X = csr_matrix((np.ones(sum(map(len, own))), np.concatenate(own), np.cumsum([0, *map(len, own)])), shape=(len(R), off + len(styles)))
    Y = np.array([x[4] for x in R]); G = np.array([zlib.crc32(group(x[0]).encode()) for x in R]); W = np.array([x[1] for x in R])
    def fit(rows): c = LogisticRegression(C=a.strength, max_iter=1000, tol=1e-4); c.fit(X[rows], Y[rows]); return c
    score = np.zeros(len(R)); coefs = []
    for tr, te in GroupKFold(5).split(X, Y, G):
        c = fit(tr); score[te] = c.decision_function(X[te]); coefs.append(c.coef_[0])
    # Platt: the scores of documents left out, made probabilities.
    platt = LogisticRegression(C=1e6).fit(score[:, None], Y); slope, shift = float(platt.coef_[0][0]), float(platt.intercept_[0]); score = slope * score + shift
    c = fit(np.arange(len(R))); spread = np.std(coefs, 0) * slope
    floor = .3  # never below an even chance
    warn = max(floor, common.threshold(score[(W == 'finished') & ~Y], chars, WARNING[fam])); hint = -.3 if fam == 'slot' else .0  # a gap is hinted at on less, it can be seen in no other way
    print(f'\n{fam}: {len(R)} candidates, {Y.sum()} blanks; warning from {warn:.2f}, hint from {hint:.2f}')
    for w in sorted(set(W)):
        m = W == w; q = score >= warn
        print(f'  {w:10} found {(q & m & Y).sum()} of {(m & Y).sum()} ({(q & m & Y).sum() / max(1, (m & Y).sum()):.3f}), false {(q & m & ~Y).sum()} of {(m & ~Y).sum()}; at hint {((score >= hint) & m & Y).sum()}, false {((score >= hint) & m & ~Y).sum()}')
    by = collections.defaultdict(lambda: [0, 0])
    for i, x in enumerate(R):
        if Y[i]: by[x[1], x[3]['style']][1] += 1; by[x[1], x[3]['style']][0] += score[i] >= warn
    print('  by style:', '  '.join(f'{k[0]} {k[1]} {v[0]}/{v[1]}' for k, v in sorted(by.items(), key=lambda kv: kv[1][0] / kv[1][1])[:14]))
    # whole styles left out
    S_ = np.array([x[3]['style'] for x in R]); res = []
    for s in styles if a.styles else []:
        te = S_ == s
        if (Y & te).sum() < 20 or not (Y & ~te).any(): continue
        cc = fit(np.where(~te)[0]); q = slope * cc.decision_function(X[te]) + shift >= warn; res.append(f'{s} {q[Y[te]].mean():.2f} (false {(q & ~Y[te]).sum()})')
    print('  style left out:', '  '.join(res))
    bins = np.clip(((1 / (1 + np.exp(-score))) * 5).astype(int), 0, 4); print('  reliability:', '  '.join(f'{b * .2:.1f}–{b * .2 + .2:.1f}: {Y[bins == b].mean():.2f} of {(bins == b).sum()}' for b in range(5) if (bins == b).any()))
    worst = sorted([i for i in range(len(R)) if not Y[i] and score[i] >= warn], key=lambda i: -score[i])[:int(os.environ.get('SHOW', 0))]
    for i in worst: x = R[i]; l = DOCS[paths[x[3]['file']]][2].split('\n')[x[3]['line']]; print('   false', x[1], round(float(score[i]), 1), x[3]['text'], '|', l[max(0, x[3]['start'] - 15):x[3]['end'] + 15])
    missed = [i for i in range(len(R)) if Y[i] and score[i] < warn]; rnd.shuffle(missed)
    for i in missed[:int(os.environ.get('SHOW', 0))]: x = R[i]; l = DOCS[paths[x[3]['file']]][2].split('\n')[x[3]['line']]; print('   missed', x[1], round(float(score[i]), 1), x[3]['text'], '|', l[max(0, x[3]['start'] - 15):x[3]['end'] + 15])
    pts = lambda v: str(int(round(100 * float(v))))
    c.coef_[0] *= slope; bias = slope * float(c.intercept_[0]) + shift
    head += [f'# {fam}: a warning is expected to be false {WARNING[fam]} times in 10,000 characters of finished prose from a source not fitted on. Of the candidates with a likelihood of ' + ', '.join(f'{b * .2:.1f}–{b * .2 + .2:.1f} are blanks {Y[bins == b].mean():.2f} ({(bins == b).sum()})' for b in range(5) if (bins == b).any()) + '.']
    table += [f'{fam}.warning\t\t{pts(warn)}\t', f'{fam}.hint\t\t{pts(min(hint, warn))}\t', f'{fam}.bias\t\t{pts(bias)}\t']
    table += [f'{fam}.style {s}\t\t{pts(c.coef_[0][off + i])}\t{pts(spread[off + i])}' for i, s in enumerate(styles)]
    table += [f'{fam}.{f}\t{meanings.get(f, "")}\t{pts(c.coef_[0][i])}\t{pts(spread[i])}' for f, i in cols.items()]
if a.write: open(ROOT + '/src/placeholder/points.tsv', 'w', encoding='utf-8').write('\n'.join(head + ['feature\tmeaning\tpoints\tspread'] + table) + '\n')
