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
    return told(rnd, n, unit, noun) + rnd.choice(['。这很要紧。', '。对此大家都有体会。']) + series(rnd, things(rnd, n, noun))


SHAPES = ['head', 'tail', 'within', 'character', 'unit', 'ones', 'quoted', 'this', 'such', 'listed', 'sentences', 'before', 'two', 'bullets', 'bold', 'inline', 'paragraphs', 'heading', 'frame', 'frame', 'further', 'later']
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
