# Completion of hermes for PowerShell. Try it:  hermes completion powershell | Out-String | Invoke-Expression
# Keep it: put that line into the file named by $PROFILE.

Register-ArgumentCompleter -Native -CommandName hermes -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # Words before the one at the cursor; the first is the program.
    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition -or
            ($_.Extent.EndOffset -eq $cursorPosition -and $wordToComplete -eq '') } |
        ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            $_.Value } else { $_.Extent.Text } })
    $program = $words[0]
    $before = @($words | Select-Object -Skip 1)
    $lines = @(& $program __complete "=$wordToComplete" @before 2>$null)
    if ($lines.Count -eq 0 -or $lines[0] -ne ':words') { return }
    $lines | Select-Object -Skip 1 | ForEach-Object {
        $value, $about = $_ -split "`t", 2
        $tip = if ($about) { $about } else { $value }
        $text = if ($value -match '[\s''"$`;|&(){}]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $tip)
    }
}
