using System.CommandLine;
using Resolver.Cli.Completions;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Options;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver completion</c>: the script that teaches a shell to complete command lines.</summary>
internal sealed class CompletionCommand : CommandDefinition
{
    private readonly Argument<string> shell = new("SHELL")
    {
        Description = string.Join(", ", ShellScripts.Shells) + ".",
    };

    public CompletionCommand()
        : base("completion", "Print a completion script for a shell.", new OutputOptions(OutputFormat.Text))
    {
        shell.TakeOneOf([.. ShellScripts.Shells]);
        Command.Add(shell);
        Understand();
    }

    /// <summary>None: a script is the same everywhere.</summary>
    public override ConfigurationOptions? Configuration => null;

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("For bash, in ~/.bashrc", "eval \"$(resolver completion bash)\""),
        new("For zsh, in ~/.zshrc", "eval \"$(resolver completion zsh)\""),
        new("For fish, in config.fish", "resolver completion fish | source"),
        new("For PowerShell, in $PROFILE", "resolver completion powershell | Out-String | Invoke-Expression"),
    ];

    public override Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        context.Write(ShellScripts.Of(parsed.GetValue(shell)!));
        return Task.FromResult(ExitCode.Done);
    }
}
