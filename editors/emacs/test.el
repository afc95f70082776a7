;;; test.el --- Eglot with the real server  -*- lexical-binding: t; -*-

;; emacs -Q --batch -L editors/emacs -l editors/emacs/test.el, with JIANGGAO_SERVER set and
;; JIANGGAO_TEST_FOLDER holding the drafts.  Batch Emacs has no command loop and no idle timers: what
;; they would do is done by hand, by functions of Eglot that are its own affair.

(setq jianggao-auto-start nil)
(require 'jianggao)
(require 'seq)

(defvar test-failed 0)
(defvar test-server nil)

(defmacro test-that (name &rest body)
  "Run BODY as the test NAME."
  (declare (indent 1))
  `(condition-case err
       (progn ,@body (princ (format "ok - emacs: %s\n" ,name)))
     (error (setq test-failed (1+ test-failed))
            (princ (format "not ok - emacs: %s\n# %S\n" ,name err)))))

(defun test-same (actual expected)
  (unless (equal actual expected)
    (error "%S is not %S" actual expected)))

(defmacro test-wait (what form)
  "Wait until FORM gives something."
  `(let ((end (+ (float-time) 10)) found)
     (while (not (setq found ,form))
       (when (> (float-time) end) (error "Waited in vain for %s" ,what))
       (accept-process-output nil 0.02))
     found))

(defun test-texts (code)
  "The texts of the findings of rule CODE, in order."
  (mapcar (lambda (d) (buffer-substring-no-properties (flymake-diagnostic-beg d) (flymake-diagnostic-end d)))
          (sort (seq-filter
                 (lambda (d) (equal code (plist-get (alist-get 'eglot-lsp-diag (flymake-diagnostic-data d)) :code)))
                 (flymake-diagnostics))
                (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b))))))

(defun test-names (index)
  "All names of the imenu INDEX."
  (mapcan (lambda (entry)
            (cons (substring-no-properties (car entry))
                  (and (listp (cdr entry)) (test-names (cdr entry)))))
          index))

(defun test-find (text)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun test-put (before text)
  (test-find before)
  (insert text))

(defun test-cut (text)
  (test-find text)
  (delete-char (length text)))

(defun test-send ()
  (eglot--signal-textDocument/didChange))

(defun test-apply (title)
  "Apply the code action here of which TITLE is part."
  (let ((action (seq-find (lambda (a) (string-search title (plist-get a :title)))
                          (eglot-code-actions (point) (point)))))
    (unless action (error "No action %s" title))
    (eglot-execute test-server action)))

(defun test-connect ()
  (apply #'eglot (eglot--guess-contact))
  (setq test-server (test-wait "the server" (eglot-current-server)))
  (test-wait "findings" (flymake-diagnostics)))

(setq eglot-sync-connect t eglot-autoshutdown nil eglot-confirm-server-edits nil)
(defconst test-draft (expand-file-name "工作推进会讲话.txt" (getenv "JIANGGAO_TEST_FOLDER")))

(find-file test-draft)

(test-that "a draft is told by its name and the server is connected"
  (test-same major-mode 'jianggao-mode)
  (test-connect))

(test-that "findings stand at their text"
  (test-same (test-texts "numbering-duplicate") '("二要"))
  (test-same (test-texts "numbering-gap") '("（三）"))
  (unless (member "XX" (test-texts "placeholder")) (error "%S" (test-texts "placeholder"))))

(test-that "imenu"
  (let ((names (test-names (imenu--make-index-alist t))))
    (dolist (name '("（三）找准定位" "一是抓开工" "三、加强领导，确保实效"))
      (unless (seq-find (lambda (n) (string-search name n)) names) (error "No %s in %S" name names)))))

(test-that "completion"
  (test-find "一是抓开工")
  (end-of-line)
  (delete-char -1)
  (insert "；")
  (test-send)
  (let* ((capf (eglot-completion-at-point))
         (found (all-completions "" (nth 2 capf))))
    (unless (seq-find (lambda (c) (string-prefix-p "三是" c)) found) (error "%S" found)))
  (delete-char -1)
  (insert "。")
  (test-send))

(test-that "the next placeholder"
  (test-find "同志们")
  (jianggao-next-placeholder)
  (test-same (buffer-substring-no-properties (point) (+ 3 (point))) "XX区"))

(when (eglot-server-capable :renameProvider)
  (test-that "a placeholder is renamed everywhere"
    (test-find "XX区是全市")
    (eglot-rename "临江区")
    (test-find "发挥临江区的优势")
    (test-same (progn (goto-char (point-min)) (search-forward "XX区" nil t)) nil)
    (revert-buffer t t)
    (test-wait "the server again" (eglot-current-server))
    (test-wait "findings" (flymake-diagnostics))))

(defun test-edits ()
  (test-put "祥社区" "𠮷👨‍👩‍👧")
  (test-put "。一要" "😀é𠮷")
  (test-cut "的群众")
  (test-put "学深悟透" "𠀀")
  (test-cut "𠮷👨")
  (test-put "XX区是全市" "👍🏽")
  (test-put "今天我们" "𠮷")
  (test-send)
  (test-wait "the finding" (equal (test-texts "numbering-duplicate") '("二要")))
  (test-find "二要真抓")
  (test-apply "三要")
  (test-find "三要真抓")
  (test-same (buffer-substring-no-properties (line-beginning-position) (line-end-position))
             (concat "👍🏽XX区是全市发展的重要一极，𠮷‍👩‍👧祥社区盼着早日通车😀😀é𠮷。"
                     "一要𠀀学深悟透，二要对标对表，三要真抓实干。")))

(test-that "edits around 𠮷 and emoji, columns in UTF-32"
  (test-same (plist-get (eglot--capabilities test-server) :positionEncoding) "utf-32")
  (test-edits))

(defun test-end ()
  (let ((server test-server))
    (eglot-shutdown server)
    (test-wait "the end" (not (jsonrpc-running-p server)))))

(test-that "the server ends" (test-end))

;; Offer one encoding only.
(defvar test-encoding nil)
(define-advice eglot-client-capabilities (:filter-return (all) test)
  (setq all (copy-tree all))
  (plist-put (plist-get all :general) :positionEncodings (vector test-encoding))
  all)

(dolist (encoding '("utf-16" "utf-8"))
  (setq test-encoding encoding)
  (test-that (format "the same edits, columns in %s" (upcase encoding))
    (revert-buffer t t)
    (test-connect)
    (test-same (plist-get (eglot--capabilities test-server) :positionEncoding) encoding)
    (test-edits)
    (test-end)))

(kill-emacs (if (> test-failed 0) 1 0))
;;; test.el ends here
