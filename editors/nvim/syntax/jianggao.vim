" Colours while no server runs. The server knows better which of these are what they look like.
if exists('b:current_syntax')
  finish
endif

syntax match jianggaoSection /^[ 　]*[一二三四五六七八九十百]\+、.*$/
syntax match jianggaoSubsection /^[ 　]*（[一二三四五六七八九十百]\+）/
syntax match jianggaoNumber /^[ 　]*[0-9０-９]\+[.．]/
syntax match jianggaoItem /[一二三四五六七八九十]\(是\|要\)\|第[一二三四五六七八九十]\+[，、]/
syntax match jianggaoPlaceholder /[XＸ×]\{2,}\|\*\{2,}\|_\{3,}\|某某\|【[^】]*】\|[XＸ×]\ze[年月日]/

highlight default link jianggaoSection Title
highlight default link jianggaoSubsection Identifier
highlight default link jianggaoNumber Identifier
highlight default link jianggaoItem Statement
highlight default link jianggaoPlaceholder Todo

let b:current_syntax = 'jianggao'
