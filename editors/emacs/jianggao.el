;;; jianggao.el --- 公文讲话稿：接上讲稿的语言服务器  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "29.1"))
;; Keywords: wp, tools, languages
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Connects Eglot to `jianggao', the language server for drafts of Chinese speeches.
;;
;;     (add-to-list 'load-path "…/editors/emacs")
;;     (require 'jianggao)
;;
;; Drafts, told by their names, open in `jianggao-mode' and start the server.  In other text and
;; Markdown, M-x eglot starts it.

;;; Code:

(require 'eglot)
(require 'flymake)

(defgroup jianggao nil
  "Drafts of Chinese speeches."
  :group 'text
  :prefix "jianggao-")

(defcustom jianggao-server nil
  "The program of the server.
Nil means the environment variable JIANGGAO_SERVER, or else the one in the variable `exec-path'."
  :type '(choice (const :tag "Environment or search path" nil) file))

(defcustom jianggao-auto-start t
  "Whether a draft starts the server."
  :type 'boolean)

(defun jianggao--contact (&rest _)
  "How the server is started."
  (list (or jianggao-server
            (let ((named (getenv "JIANGGAO_SERVER")))
              (and named (not (string-empty-p named)) named))
            "jianggao")
        "lsp"))

;; In Emacs 30 this gives the bytes of the name, which Eglot then compares with the name: a draft
;; whose name has Chinese characters in it would get no findings.
(when (fboundp 'eglot-uri-to-path)
  (define-advice eglot-uri-to-path (:filter-return (path) jianggao-decode)
    "Decode PATH if it is bytes."
    (condition-case nil
        (decode-coding-string (string-to-unibyte path) 'utf-8)
      (error path))))

;;;###autoload
(define-derived-mode jianggao-mode text-mode "讲稿"
  "Major mode for drafts of Chinese speeches."
  (visual-line-mode 1)
  (setq-local word-wrap-by-category t)
  (when jianggao-auto-start
    (eglot-ensure)))

;;;###autoload
(dolist (pattern '("\\.讲稿\\'" "\\.jianggao\\'"
                   "\\(?:讲话\\|讲稿\\|发言\\|致辞\\|主持词\\)[^/]*\\.txt\\'"))
  (add-to-list 'auto-mode-alist (cons pattern 'jianggao-mode)))

(add-to-list 'eglot-server-programs
             '(((jianggao-mode :language-id "jianggao")
                (text-mode :language-id "plaintext")
                (markdown-mode :language-id "markdown"))
               . jianggao--contact))

(defun jianggao--placeholders ()
  "The open placeholders of the draft, in order."
  (sort (seq-filter (lambda (diagnostic)
                      (let ((lsp (alist-get 'eglot-lsp-diag (flymake-diagnostic-data diagnostic))))
                        (equal (plist-get lsp :code) "placeholder")))
                    (flymake-diagnostics))
        (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))

(defun jianggao-next-placeholder ()
  "Move to the next open placeholder, from the last one to the first."
  (interactive)
  (let* ((all (jianggao--placeholders))
         (next (or (seq-find (lambda (d) (> (flymake-diagnostic-beg d) (point))) all) (car all))))
    (if next
        (goto-char (flymake-diagnostic-beg next))
      (message "没有未填的占位符"))))

(defun jianggao-fix-all ()
  "Apply all safe fixes."
  (interactive)
  (eglot-code-actions (point-min) (point-max) "source.fixAll.jianggao" t))

(define-key jianggao-mode-map (kbd "C-c C-n") #'jianggao-next-placeholder)
(define-key jianggao-mode-map (kbd "C-c C-f") #'jianggao-fix-all)

(provide 'jianggao)
;;; jianggao.el ends here
