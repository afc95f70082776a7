autocmd BufNewFile,BufRead *.讲稿,*.jianggao,*讲话*.txt,*讲稿*.txt,*发言*.txt,*致辞*.txt,*主持词*.txt set filetype=jianggao
