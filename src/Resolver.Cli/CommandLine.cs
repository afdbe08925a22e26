using System.CommandLine;
using System.CommandLine.Help;
using Resolver.Cli.Commands;
using Resolver.Cli.Configuration;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Help;
using Resolver.Cli.Options;
using Resolver.Cli.Terminal;

namespace Resolver.Cli;

/// <summary>The whole program but its process: arguments in, two streams and an exit code out.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="output">Gets the result and nothing else.</param>
    /// <param name="error">Gets diagnostics and progress.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter error,
        ConsoleEnvironment environment
    )
    {
        var (root, commands) = CreateProgram(environment.Width);
        // Response files are off: '@' begins no requirement, and a file that names options is a surprise nobody asked
        // for.
        ParseResult Parse(IReadOnlyList<string> typed) =>
            root.Parse(typed, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var parsed = Parse(arguments);
        var diagnostics = new Diagnostics(
            error,
            new OutputSettings(OutputFormat.Text, null, "auto", false, false, false).ForError(environment),
            quiet: false,
            environment.ErrorIsTerminal ? environment.TerminalWidth : null
        );

        if (parsed.Action is HelpText or VersionAction)
        {
            var code = parsed.Invoke(new InvocationConfiguration { Output = output, Error = error });
            try
            {
                output.Flush();
            }
            catch (IOException exception)
            {
                diagnostics.Error(CommandException.UnwritableOutput(exception).Message);
                return ExitCode.BadInput;
            }
            return code;
        }
        if (arguments.Count == 0)
        {
            root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = error, Error = error });
            return ExitCode.Usage;
        }
        if (
            parsed.Errors.Count == 0
            && (UndecodableValues.In(parsed) ?? StandardInputValues.Repeated(parsed)) is { } wrong
        )
        {
            diagnostics.Error(wrong);
            return ExitCode.Usage;
        }

        return parsed.Errors.Count > 0
            ? WrongUse(diagnostics, parsed, commands)
            : Run(
                commands.First(candidate => candidate.Command == parsed.CommandResult.Command),
                parsed,
                arguments,
                Parse,
                output,
                error,
                environment,
                diagnostics
            );
    }

    private static int Run(
        CommandDefinition command,
        ParseResult parsed,
        IReadOnlyList<string> arguments,
        Func<IReadOnlyList<string>, ParseResult> parse,
        TextWriter output,
        TextWriter error,
        ConsoleEnvironment environment,
        Diagnostics diagnostics
    )
    {
        var verbose = false;
        try
        {
            var configuration = RunConfiguration.None;
            var typed = parsed;
            if (command.Configuration is { } options)
            {
                configuration = ConfigurationLoader.Load(options, parsed, environment);
                parsed = ConfiguredArguments.Add(parsed, arguments, configuration, parse);
            }

            var settings = command.Output.Read(parsed);
            verbose = settings.Verbose;
            var context = new CommandContext(output, error, environment, settings, configuration, typed);
            diagnostics = context.Diagnostics;
            foreach (var (name, nearest) in EnvironmentVariables.Mistyped(environment))
                diagnostics.Warning($"the environment variable {name} is unknown; did you mean {nearest}?");
            return command.RunAsync(parsed, context).GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            return RunFailure
                .Of(exception, environment.Interruption.IsCancellationRequested)
                .Report(diagnostics, verbose);
        }
    }

    private static int WrongUse(Diagnostics diagnostics, ParseResult parsed, IReadOnlyList<CommandDefinition> commands)
    {
        // 'Missing command' is no help if there is an unknown word in its place.
        var unknown =
            parsed.CommandResult.Command is RootCommand
                ? parsed.UnmatchedTokens.FirstOrDefault(word => !word.StartsWith('-'))
                : null;
        IEnumerable<string> messages = unknown is null
            ? parsed.Errors.Select(error => error.Message).Distinct()
            : [$"unknown command '{unknown}'"];
        foreach (var message in messages)
            diagnostics.Error(message);
        foreach (var (_, nearest) in Mistyped.In(parsed, commands))
            diagnostics.Hint($"did you mean '{nearest}'?");
        var command =
            parsed.CommandResult.Command is RootCommand ? "resolver" : $"resolver {parsed.CommandResult.Command.Name}";
        diagnostics.Hint($"'{command} --help' lists its options");
        return ExitCode.Usage;
    }

    /// <summary>The whole program as the parser sees it, and what does its work.</summary>
    /// <param name="width">Columns of the terminal that help is for.</param>
    internal static (RootCommand Root, IReadOnlyList<CommandDefinition> Commands) CreateProgram(int width)
    {
        RootCommand? root = null;
        CommandDefinition[]? commands = null;
        commands = CreateCommands(() => (root!, commands!));
        root = CreateRoot(commands, width);
        return (root, commands);
    }

    private static CommandDefinition[] CreateCommands(
        Func<(RootCommand Root, IReadOnlyList<CommandDefinition> Commands)> program
    ) =>
        [
            new OrderCommand(),
            new PlanCommand(),
            new ExplainCommand(),
            new MissingCommand(),
            InstallCommand.Install(),
            InstallCommand.Sync(),
            new BuildCommand(),
            new UninstallCommand(),
            new UndoCommand(),
            new RunsCommand(),
            new ListCommand(),
            new ShowCommand(),
            new FreezeCommand(),
            new InspectCommand(),
            new TreeCommand(),
            new ScanCommand(),
            new CheckCommand(),
            new DoctorCommand(),
            new ConfigCommand(),
            new SolveCommand(),
            new BenchCommand(),
            new CacheCommand(),
            new CompletionCommand(),
            new HelpCommand(program),
            new ManCommand(program),
            new CompleteCommand(program),
        ];

    private static RootCommand CreateRoot(IReadOnlyList<CommandDefinition> commands, int width)
    {
        var root = new RootCommand(
            "Install Python distributions from files on disk: choose consistent versions, build and install them in "
                + "order, or explain why no plan exists."
        );
        foreach (var option in root.Options.OfType<VersionOption>())
        {
            option.Aliases.Add("-V");
            option.Action = new VersionAction();
            option.Description = "Show the version.";
        }
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpText(commands, width);
            option.Description = "Show this help.";
        }
        foreach (var command in commands)
            root.Add(command.Command);
        return root;
    }
}
