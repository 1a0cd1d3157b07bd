#compdef hermes
# Completion of hermes for zsh. Try it:  source <(hermes completion zsh)
# Keep it:  hermes completion zsh > "${fpath[1]}/_hermes"

_hermes() {
  local line value about
  local -a lines described
  # With the cursor inside of a word, what stands behind it is kept.
  lines=("${(@f)$("${(Q)words[1]}" __complete "=${(Q)PREFIX}" "${(@Q)words[2,CURRENT-1]}" 2>/dev/null)}")
  case ${lines[1]-} in
    # A path may stand behind "--flag=" or "dir:".
    :files) compset -P '*='; _files; return ;;
    :folders) compset -P '*[=:]'; _files -/; return ;;
    :words) ;;
    *) return 1 ;;
  esac
  for line in "${(@)lines[2,-1]}"; do
    [[ -n $line ]] || continue
    value=${line%%$'\t'*} about=${line#*$'\t'}
    described+=("${value//:/\\:}${about:+:$about}")
  done
  (( $#described )) && _describe -V 'hermes' described
}

if [[ ${funcstack[1]-} == _hermes ]]; then
  _hermes "$@"
else
  compdef _hermes hermes
fi
