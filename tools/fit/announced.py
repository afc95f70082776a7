"""Made texts for counts.py: counts with what they announce, and counts that are about something else.

Each of `belongs` is a count with its list or row, as many as it says, in every way of announcing and every way of
listing; each of `foreign` a count beside a list of another number that it is not about."""
import random

CN = '零一二三四五六七八九'
WORDS = '组织领导 宣传发动 物资保障 督查问责 产业升级 城市更新 乡村建设 民生改善 生态修复 安全生产 招商引资 项目攻坚 人才引育 文化繁荣 政务服务 基层治理 河道整治 道路养护 老旧改造 普法教育 就业帮扶 信访化解 粮食收储 森林防火 网格管理 信用建设 数据共享 养老托育 校园安全 社区矫正'.split()
DO = '把责任压实 把底子摸清 把队伍带好 把服务做细 把短板补上 把进度抢回来 把群众请进来 把家底理清楚 把制度立起来 把作风抓上去 把隐患排查到户 把难题解决在一线 把政策送到门口 把钱花在刀刃上 把经验推广开来 把堵点打通'.split()
HEADS = '坚持 带头 必须 严禁 突出 聚焦 强化 确保 更加 狠抓 守住 善于 敢于 不忘 提前 优化 深化 推动'.split()
TAILS = '到位 清楚 过硬 不放过 不松劲 行动 工程 体系 计划 清单 机制 攻坚战 全覆盖 提升 转变 上水平 过关'.split()
NOUNS = [('项', '任务'), ('项', '工作'), ('件', '实事'), ('件', '大事'), ('个', '方面'), ('个', '问题'), ('条', '措施'), ('条', '建议'), ('点', '意见'), ('点', '希望'), ('点', '要求'), ('点', ''), ('句', '话'), ('个', '关键'), ('类', '问题'), ('种', '打法'), ('个', '环节'), ('道', '关口'), ('大', '工程'), ('大', '行动'), ('场', '硬仗'), ('个', '短板'), ('项', '议程'), ('个', '阶段'), ('个', '重点'), ('张', '清单'), ('支', '队伍'), ('本', '账')]
SAYS = ['下面，我讲{}', '借此机会，我提{}', '今年要抓好{}', '重点办好{}', '今后一个时期，要突出{}', '会议主要有{}', '当前存在{}', '要把握好{}', '全县将实施{}', '为此，我们制定了{}', '重点抓好以下{}', '要做到{}', '各级干部要念好{}', '送给大家{}', '年轻干部要过好{}', '{}', '围绕目标，要落实{}', '县里定了{}']
SERIES = ['{}是', '{}要', '第{}，', '其{}，']
PARAGRAPHS = ['{}、', '（{}）', '{0}.', '第{}，', '{}是', '{}要']
BETWEEN = '近年来，各地各部门扎实推进，取得了明显成效。 大家回去以后，要结合实际抓好贯彻。 这件事群众盼了多年，也议了多年。 会前，班子成员分头到基层走了一遍。 总的看，形势是好的，信心是足的。'.split()
PLAIN = ['去年，我们走访了{}个村。', '有{}个单位没有到会。', '这条路分成{}段。', '{}个评审点都设在县城。', '新来的{}个同志已经到岗。', '去年立了“{}条军规”。', '摆在面前的有{}条路。', '全流程共有{}个节点。', '班子里有{}位老同志。', '分成{}批走。']
WARDS = '青山 柳河 白沙 石桥 北关 东坝 南湖 西岭 双塔 古渡'.split()

# Rows that only marks delimit.
SHORT = '产业 项目 环境 民生 安全 招商 就业 教育 医疗 养老 住房 交通 水利 能源 信息 生产 流通 销售 思想 组织 作风 纪律 制度 人员 经费 场地 政策 资金 技术 人才 土地 减税 降费 稳岗 扩容 强基 育才 暖心 清风 拆违 治乱 增绿 酒店 商场 学校 医院 车站 专家 骨干 政府 企业 社会 高校 农业 工业 商贸 旅游 选苗 育秧 栽插 管护 河道 水库 山塘 泵站 改革 开放 创新 稳粮 增收 惠民 融资 用工 物流 养护 监测 预警 调度 处置'.split()
FOUR = WORDS + '会商研判 信息共享 联合执法 考核评价 提高站位 压实责任 严明纪律 强化监督 源头预防 过程管控 末端处置 责任追究 重视不够 投入不足 人手不齐 机制不活 摸清家底 找准问题 提出对策 政治建设 队伍建设 阵地建设 日常生活 专业学习'.split()
SINGLE = '快 准 实 严 细 新 稳 早 引 育 留 用 分 干 督 考 水 电 路 气 网 防 治 管 县 乡 村 组 省 市 人 财 物 学 思 践 悟'.split()
ODD = '高校毕业生 退役军人 返乡农民工 残疾人 大数据 白酒 新能源 生物医药 数字经济 志愿者 网格员 楼栋长 关键岗位 重点人群 山区 库区 老城区 开发区 稻油轮作 林下经济 电子商务 民宿'.split()
GRIP = '要抓好 统筹抓好 重点围绕 紧盯 突出 着力打造 全力推进 大力实施 健全 完善 构建 建强 用好 守住 把握 聚焦 从 对 就 在 建立 强化 推动 实施 深入开展 扎实做好 切实解决 牢牢把握 压实 形成 推进 抓住 兼顾 涵盖 分为'.split()
COUNTED = [('项', '任务'), ('项', '工作'), ('项', '机制'), ('项', '制度'), ('个', '方面'), ('个', '环节'), ('个', '重点'), ('个', '关键'), ('个', '问题'), ('个', '领域'), ('个', '字'), ('大', '工程'), ('大', '行动'), ('大', '产业'), ('大', '板块'), ('类', '场所'), ('类', '群体'), ('条', '措施'), ('道', '防线'), ('张', '清单'), ('支', '队伍'), ('级', '联动'), ('方', '责任'), ('个', '维度'), ('个', '阶段'), ('种', '能力'), ('股', '力量'), ('件', '实事'), ('场', '硬仗'), ('个', '部门'), ('方面', '')]
ENDS = ['。', '。', '，确保全年目标完成。', '，一项一项抓落实。', '抓好落实。', '，推动高质量发展。', '持续发力。', '同向发力，不断取得新进展。', '的保障。']
BEFORE = ['', '', '', '同志们，', '下半年，', '今年以来，', '各级各部门', '我们', '会议强调，', '这次整治，', '要坚持问题导向，', '按照县委部署，', '压实责任、传导压力，', '要进一步统一思想、凝聚共识，']
CLAUSE = '把值班表排好 把物资备足 把电话打通 把车辆检修好 把责任压实 把底子摸清 把队伍带好 把服务做细|修好一条路 建好一所学校 通好一条渠 种好一片林 办好一家食堂|思路更清了 步子更快了 成效更好了 作风更实了 群众更满意了|全面摸排风险 限期整改隐患 严格落实值守 及时报送信息 从严追究责任|政策要讲透 道理要讲清 感情要讲真 利益要讲明|不推诿 不扯皮 不拖延 不敷衍|标准更高 措施更实 作风更硬 效率更优|要把会议开好 要把文件学透 要把任务分下去 要把人管住|等靠要的思想 松口气的念头 走过场的做法 搞变通的花招'.split('|')
PARTS = '守住底线 赢得口碑 凝聚合力 确保取得实效 领会精神实质 制定落实方案 做到心中有数 不留死角盲区 让群众看得见 经得起检验 务求一抓到底'.split()
STARTS = '要 把 坚持 突出 着力 抓好 做到 强化 重在 贵在 难在 好在'.split()
HAND = '落实 推进 实施 健全 突出 发挥 打好 抓好 完善 做到 争创 拿下 建成 开展 制定 深化 用活 聚焦 打造'.split()
OWNERS = '县委、县政府 省委、省政府 发改委、财政局 青山镇、柳河镇 教育、卫生 北京、上海 农业、农村 工会、妇联 城东、城西、城北 教育、卫生、文化 机关、企业、学校 张明、李强 研发、生产、销售'.split()


def left(rnd, n):
    """The items of a row before its count."""
    kind = rnd.random()
    if kind < .4: return rnd.sample(SHORT, n)
    if kind < .65: return rnd.sample(FOUR, n)
    if kind < .75: return rnd.sample(SINGLE, n)
    if kind < .9: return rnd.sample(ODD + SHORT[:10], n)
    c = rnd.choice('稳 强 保 促 全 新'.split()); e = rnd.choice('难 度 化 关 员 力'.split())
    return [c + w for w in rnd.sample(SHORT, n)] if rnd.random() < .5 else [w + e for w in rnd.sample(SHORT, n)]


def loose(rnd, shape, n):
    unit, noun = rnd.choice(COUNTED); count = number(n) + unit + noun
    if shape == 'left': return rnd.choice(BEFORE) + rnd.choice(GRIP) + '、'.join(left(rnd, n)) + (f'“{count}”' if rnd.random() < .1 else count) + rnd.choice(ENDS)
    if shape == 'left-whole': return rnd.choice(BEFORE[4:]) + '、'.join(left(rnd, n)) + count + rnd.choice(ENDS)
    if shape == 'left-inside': return rnd.choice(['要念好', '坚持', '做到', '落实']) + '“' + '、'.join(rnd.sample(SINGLE, n) if rnd.random() < .6 else left(rnd, n)) + '”' + rnd.choice([number(n) + '字' + rnd.choice(['诀', '要求', '方针']), count]) + rnd.choice(ENDS)
    told = rnd.choice(['今年要办好', '还要交代', '我再强调', '会议提出', '要做到', '近期要做好', '主要有', '重点是', '可以概括为']) + rnd.choice([f'{number(n)}件事', f'{number(n)}点', f'{number(n)}句话', f'{number(n)}点要求', f'{number(n)}项工作', f'{number(n)}个方面', f'{number(n)}种能力', f'{number(n)}条经验', f'{number(n)}大变化'])
    tail = rnd.choice(['。', '。', '。各单位要抓紧办理。'])
    if shape == 'right-commas':
        clauses = rnd.choice([c.split() for c in CLAUSE if len(c.split()) >= n] or [CLAUSE[0].split()])
        return told + rnd.choice('：：—').replace('—', '——') + '，'.join(rnd.sample(clauses, min(n, len(clauses)))) + tail
    if shape == 'right-semicolons': h = rnd.choice(STARTS); return told + '：' + '；'.join(h + d + '，' + p for d, p in zip(rnd.sample(FOUR, n), rnd.sample(PARTS, n))) + tail
    h = rnd.choice(HEADS)
    if shape == 'right-head': return rnd.choice(['要做到', '重点是', '必须做到', '坚持做到']) + rnd.choice([f'{number(n)}个{h}', f'“{number(n)}个{h}”']) + '，' + rnd.choice('，、').join(h + w for w in rnd.sample(WORDS, n)) + tail
    if shape == 'right-duns': return told + '：' + '、'.join(left(rnd, n)) + tail
    return told


def after(rnd, n):
    items = rnd.sample(DO + FOUR, n); unit, noun = rnd.choice([('点', ''), ('点', '意见'), ('点', '要求'), ('项', '工作'), ('项', '任务'), ('个', '方面'), ('个', '问题'), ('条', '措施'), ('条', ''), ('方面', '工作'), ('个', '环节'), ('点', '希望')])
    said = rnd.choice(['以上', '以上', '上述', '这', '这']) + number(n) + unit + noun + rnd.choice(['，请各单位抓好落实。', '，希望大家牢记在心。', '请结合实际认真落实。', '，是今年工作的重点。', '，由分管领导牵头抓好。', '，缺一不可。'])
    form = rnd.choice(['{}、', '（{}）', '{0}.', '第{}，', '{}是', '{}要'])
    head = rnd.choice(['', '', '下面，讲几点意见。\n'])
    if rnd.random() < .4: return ''.join(form.format(digits(k + 1, form)) + i + rnd.choice('。。；') for k, i in enumerate(items))[:-1] + '。' + rnd.choice(['', '', '\n']) + said
    return head + '\n'.join(f'{form.format(digits(k + 1, form))}{i}。' + rnd.choice(['', '各单位要抓紧办理，逐项销号。']) for k, i in enumerate(items)) + '\n' + said


def strange(rnd, shape):
    """A count that a row or list beside it is not about."""
    n = rnd.choice([2, 3, 3, 4, 5, 6, 8, 10]); unit, noun = rnd.choice(COUNTED); count = number(n) + unit + noun; end = rnd.choice(ENDS)
    if shape == 'before':
        k, r = rnd.choice([2, 2, 3]), rnd.random()
        if r < .4: return rnd.choice(BEFORE) + '、'.join(rnd.sample(FOUR, k) + [rnd.choice(HAND) + (f'“{count}”' if rnd.random() < .4 else count)]) + end
        if r < .6: return rnd.choice(BEFORE) + rnd.choice([o for o in OWNERS if n > 2 or '、' not in o.replace('、', '', 1)]) + count + end
        if r < .75: return rnd.choice(BEFORE) + rnd.choice(HAND) + '、'.join(rnd.sample(FOUR + ODD, 2)) + count + end
        if r < .85: return rnd.choice(HAND) + '“' + '”“'.join(rnd.sample(FOUR, 2)) + '”、' + rnd.choice(HAND) + f'“{count}”' + end
        return f'{rnd.choice(HAND)}{rnd.choice(SHORT)}、{rnd.choice(HAND)}{rnd.choice(SHORT)}、{rnd.choice(HAND)}{count}{end}'
    if shape == 'behind':
        k, r = rnd.choice([2, 3]), rnd.random(); told = rnd.choice(['做好', '办了', '今年办好', '落实', '这里有', '围绕', '坚持', '推进']) + count
        if r < .4: return told + '，' + '，'.join(rnd.sample(DO + PARTS, k)) + '。'
        # Clauses of one length behind a colon would be items.
        if r < .6: return told + '：' + '，'.join([rnd.choice(FOUR)] + rnd.sample([d for d in DO + PARTS if len(d) > 5], k - 1)) + '。' + rnd.choice(BETWEEN)
        if r < .8: h = rnd.choice(HEADS); return f'做到{number(n)}个{h}，{h}是一种品格，{h}是一种力量，{rnd.choice(DO)}。'
        return told + '（' + '、'.join(rnd.sample(SHORT, k)) + '等）' + end
    k = rnd.choice([m for m in (2, 3, 4, 5) if m != n]); form = rnd.choice(['{}、', '（{}）', '{0}.', '第{}，', '{}是', '{}要'])
    said = rnd.choice(['这{}个月，各单位要集中力量抓落实。', '以上{}个附件请一并执行。', '上述{}个单位要带头。', '书记刚才讲的{}点要求，我完全赞同。', '前面提到的{}项指标，已经完成。', '同志们，这{}项工作是下一步的重点。', '这{}年，变化很大。', '做好这{}项工作，要靠大家。', '这{}类问题，根子在思想。', '上述{}家企业要作出表率。', '其中以上{}个部门牵头。']).format(number(n))
    items = rnd.sample(DO + FOUR, k); mark = rnd.choice(['\n', ''])
    return mark.join(f'{form.format(digits(i + 1, form))}{d}。' for i, d in enumerate(items)) + rnd.choice(['\n', '']) + said


def number(n): return '两' if n == 2 else CN[n] if n < 10 else '十' + CN[n - 10].replace('零', '')
def digits(i, form): return str(i) if form.startswith('{0}') else CN[i]


def told(rnd, n, unit, noun):
    """The announcement of `n`, without the mark behind it."""
    count = f'{number(n)}{unit}{noun}'
    if rnd.random() < .3: count = f'“{count}”'
    return rnd.choice(SAYS).format(count)


def series(rnd, items, form=None):
    form = form or rnd.choice(SERIES + ['首先'])
    if form == '首先':
        heads = ['首先，', '其次，', '再次，', '第四，', '第五，', '第六，', '第七，']
        return rnd.choice('；。').join(h + i for h, i in zip(heads, items)) + '。'
    return rnd.choice(['；', '。', '，']).join(form.format(CN[k + 1]) + i for k, i in enumerate(items)) + '。'


def paragraphs(rnd, items, form=None):
    form = form or rnd.choice(PARAGRAPHS)
    body = rnd.choice(['', '', '各单位要抓紧办理，逐项销号。'])
    return '\n' + '\n'.join(f'{form.format(digits(k + 1, form))}{i}。{body}' for k, i in enumerate(items)) + rnd.choice(['', '\n同志们，让我们一起努力。'])


def things(rnd, n, noun):
    """What is counted, with the noun in each or not."""
    words = rnd.sample(WORDS, n)
    kind = rnd.random()
    if noun in TAILS or noun in ('任务', '关口', '工程', '行动', '短板', '队伍', '账') and kind < .6: return [w + noun for w in words]
    if kind < .6: return rnd.sample(DO, n)
    return words


def belongs(rnd, shape):
    n = rnd.choice([2, 3, 3, 3, 4, 4, 4, 5, 5, 6]); end = rnd.choice(['。', '。', '，确保各项部署落地见效。'])
    words, (unit, noun) = rnd.sample(WORDS, n), rnd.choice(NOUNS); colon = rnd.choice(['：', '：', '：', '——', '，即'])
    if shape == 'head': h = rnd.choice(HEADS); return told(rnd, n, '个', h) + colon + rnd.choice('、，').join(h + w for w in words) + '。'
    if shape == 'tail': t = rnd.choice(TAILS); return told(rnd, n, '个', t) + colon + '、'.join(w + t for w in words) + end
    if shape == 'within': return told(rnd, n, '个', '一批') + colon + '，'.join(f'{rnd.choice(["建成", "开工", "储备", "谋划"])}一批{w}项目' for w in words) + '。'
    if shape == 'character': return f'{rnd.choice(["要念好", "做到", "突出"])}“{number(n)}字诀”：' + '；'.join(f'“{c}”字{rnd.choice(["为先", "当头", "为要"])}，{d}' for c, d in zip(rnd.sample('听查办访早准快稳实严细学干', n), rnd.sample(DO, n))) + '。'
    if shape == 'unit': m, x = rnd.choice([('本', '账'), ('支', '队伍'), ('类', '问题'), ('张', '清单'), ('手', '抓'), ('批', '项目')]); return told(rnd, n, m, x) + '：' + rnd.choice('；，').join(f'一{m}{"" if m == "手" else "是"}{"抓" if m == "手" else ""}{w}' for w in words) + '。'
    if shape == 'ones': return told(rnd, n, '个', '一') + colon + '、'.join(f'一{m}{w}' for m, w in zip(rnd.sample('名套本张次堂场支', n), words)) + end
    if shape == 'quoted': return told(rnd, n, '部', '曲') + '：' + ''.join(f'“{w}”' for w in words) + '。'
    if shape == 'this': return '、'.join(rnd.sample(WARDS, max(3, n))) + f'这{number(max(3, n))}个{rnd.choice(["乡镇", "单位", "片区", "村"])}，{rnd.choice(DO)}。'
    if shape == 'such': return f'要统筹{"、".join(rnd.sample(WORDS, n + 1))}等{number(n)}项工作。'  # fewer may be examples: one too many
    if shape == 'listed': return told(rnd, n, unit, noun) + rnd.choice(['：', '——']) + '、'.join(w if rnd.random() < .8 else w[:2] for w in rnd.sample(WORDS, max(3, n))) + end if n > 2 else belongs(rnd, shape)
    if shape == 'sentences': h = rnd.choice(HEADS); return told(rnd, n, '个', h) + '。' + ''.join(f'{h}{w}，{d}。' for w, d in zip(words, rnd.sample(DO, n)))
    if shape == 'before': t = rnd.choice(TAILS); return '、'.join(w + t for w in words) + f'{number(n)}个{t}' + end
    if shape == 'two': h, g = rnd.sample(HEADS, 2); return told(rnd, n, '个', h) + f'、{number(3)}个{g}：' + '、'.join(h + w for w in words) + '，' + '、'.join(g + w for w in rnd.sample(WORDS, 3)) + end
    if shape == 'bullets': b = rnd.choice(['- ', '●', '* ']); return told(rnd, n, unit, noun) + rnd.choice(['：', '：', '。']) + '\n' + '\n'.join(f'{b}{i}。' for i in things(rnd, n, noun)) + rnd.choice(['', '\n同志们，让我们一起努力。'])
    if shape == 'bold': return told(rnd, n, unit, noun) + rnd.choice(['：', '。', '。']) + '\n' + '\n'.join(f'**{i}。**{rnd.choice(["", "各单位要抓紧办理。"])}' for i in things(rnd, n, noun)) + rnd.choice(['', '\n同志们，让我们一起努力。'])
    if shape == 'inline': return told(rnd, n, unit, noun) + rnd.choice(['：', '：', '。']) + series(rnd, things(rnd, n, noun), f'第{{}}{unit}{noun}，' if noun and len(noun) < 3 else None)
    if shape == 'paragraphs': return told(rnd, n, unit, noun) + rnd.choice(['：', '。']) + paragraphs(rnd, things(rnd, n, noun), f'第{{}}{unit}{noun}，' if noun and len(noun) < 3 else None)
    if shape == 'heading': return f'{CN[rnd.randint(1, 6)]}、{rnd.choice(["坚决打好", "突出抓好", "办好", "守牢", "念好", "抓住"])}{number(n)}{unit}{noun}' + rnd.choice(['', '。', '，推动高质量发展']) + paragraphs(rnd, things(rnd, n, noun), rnd.choice(['（{}）', '{}是', '{}要', '第{}，']))
    if shape == 'further': return told(rnd, n, unit, noun) + '。\n' + rnd.choice(BETWEEN) + paragraphs(rnd, things(rnd, n, noun))
    if shape == 'frame': f = rnd.choice(['下功夫', '求突破', '作表率', '见实效', '走在前']); return f'要在{number(n)}个方面{f}' + rnd.choice(['：', '。']) + rnd.choice([series, paragraphs])(rnd, [f'在{w}上{f}' for w in words])
    if shape.startswith(('left', 'right')): return loose(rnd, shape, n)
    if shape == 'after': return after(rnd, n)
    return told(rnd, n, unit, noun) + rnd.choice(['。这很要紧。', '。对此大家都有体会。']) + series(rnd, things(rnd, n, noun))


SHAPES = ['head', 'tail', 'within', 'character', 'unit', 'ones', 'quoted', 'this', 'such', 'listed', 'sentences', 'before', 'two', 'bullets', 'bold', 'inline', 'paragraphs', 'heading', 'frame', 'frame', 'further', 'later']
LOOSE = ['left', 'left', 'left', 'left-whole', 'left-inside', 'right-commas', 'right-commas', 'right-semicolons', 'right-head', 'right-duns', 'after', 'after']
FOREIGN = [
    '从以上{}点可以看出，', '前面讲的{}点，是总的要求。下面再强调几句：', '这{}个方面的问题，', '上述{}条措施要落细，', '刚才提的{}条意见，都很重要。', '我讲的这{}个问题，归根到底：', '以上{}点希望，请大家记住。',
    '今年要抓好九项重点工作，其中{}项是省里挂牌的：', '过去五年，我们实施了{}大战略，', '全县{}个乡镇受灾，损失主要有：',
    '会议审议了{}个文件。会上，大家提出建议：', '各村要建立两本台账、落实{}项制度。', '要增强“{}个意识”，', '围绕“{}个确保”目标，我们重点抓了以下工作：',
    '这项工作涉及{}个部门，具体分工是：', '他用{}个月时间走访了全乡，做了几件事：', '要打好{}大攻坚战，', '深入贯彻“{}个坚持”，', '按照{}项要求，',
    '刚才，{}位同志作了发言，讲得都很好。', '从{}个方面看，', '全市{}个项目开工，', '要把{}项任务落到实处，', '统筹推进{}大行动，', '抓好{}项重点，',
    '在{}大机遇面前，', '要坚持{}个原则，', '参加会议的有{}个县的同志。', '“{}个务必”要求我们：', '对照{}条标准，', '健全城乡教育、医疗等{}项制度，']
BESIDE = ['现将{}项工作通知如下：', '请做好{}项准备。', '去年走访了{}个村。', '围绕{}大目标开展工作。', '全县有{}个乡镇参加。', '按照{}项要求办理：', '深入实施{}大战略。']


def foreign(rnd):
    n = rnd.choice([2, 2, 3, 3, 4, 5, 6, 8, 12, 16]); k = rnd.choice([m for m in (2, 3, 4, 5) if m != n]); r = rnd.random()
    if r < .12: return rnd.choice(BESIDE).format(number(n)) + '\n' + '\n'.join(f'{b}{i}。' for b in [rnd.choice(['- ', '●'])] for i in rnd.sample(DO, k))
    if r < .24: return rnd.choice(BESIDE).format(number(n)) + '\n' + '\n'.join(f'**{l}：**{rnd.choice(WORDS)}。' for l in rnd.sample('时间 地点 内容 参加人员 有关要求 联系方式 责任单位'.split(), k))
    if r < .3: return f'{CN[rnd.randint(1, 6)]}、{number(n)}个{rnd.choice(["阶段", "片区", "乡镇", "环节", "时点"])}的{rnd.choice(WORDS)}' + paragraphs(rnd, [rnd.choice(['第一', '前一', '后一', '每个', '各']) + rnd.choice(["阶段", "片区", "乡镇", "环节", "时点"]) + rnd.choice(WORDS) for _ in range(k)], '（{}）')
    if r < .5: return rnd.choice(PLAIN + FOREIGN[4:]).format(number(n)) + rnd.choice(['', '', rnd.choice(BETWEEN)]) + '\n' + rnd.choice(BETWEEN) + paragraphs(rnd, rnd.sample(DO, k))
    if r < .54: return f'老王家有{number(n)}个孩子：一个是教师，一个在部队{"，一个刚上学" if k > 2 else ""}。' if n > k else foreign(rnd)
    if r < .75: return rnd.choice(FOREIGN).format(number(n)) + paragraphs(rnd, rnd.sample(DO, k))
    return rnd.choice(FOREIGN).format(number(n)) + series(rnd, rnd.sample(DO, k))


def texts(seed, each):
    """[(shape, belongs?, text)]"""
    rnd = random.Random(seed)
    return [(shape, True, belongs(rnd, shape)) for shape in SHAPES for _ in range(each)] + [('foreign', False, foreign(rnd)) for _ in range(each * 8)]


def loose_texts(seed, each):
    """The same of rows that only marks delimit, and of counts of what has been listed."""
    rnd = random.Random(seed)
    return [(shape, True, belongs(rnd, shape)) for shape in LOOSE for _ in range(each)] + [('foreign ' + shape, False, strange(rnd, shape)) for shape in ('before', 'behind', 'after') for _ in range(each * 8)]
