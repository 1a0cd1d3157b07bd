# Completion of hermes for fish. Try it:  hermes completion fish | source
# Keep it:  hermes completion fish > ~/.config/fish/completions/hermes.fish

function __hermes_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l lines ($words[1] __complete "=$typed" $words[2..-1] 2>/dev/null)
    # A path may stand behind "--flag=" or "dir:".
    set -l before (string match -r '^.*[=:]' -- $typed)
    set -l path (string replace -r '^.*[=:]' '' -- $typed)
    switch "$lines[1]"
        case :files
            printf "$before%s\n" (__fish_complete_path $path)
        case :folders
            printf "$before%s\n" (__fish_complete_directories $path)
        case :words
            # fish knows "value<tab>explanation" itself.
            test (count $lines) -gt 1; and printf '%s\n' $lines[2..-1]
    end
end

complete -c hermes -e
complete -c hermes -f -k -a '(__hermes_complete)'
