using Resolver.Cli;
using Resolver.Cli.Terminal;
using Resolver.Execution.Processes;

// Parses, calls the library, prints, returns: everything but the process itself is in CommandLine.Run, so that tests
// need no process.
using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The second Ctrl-C ends the process the hard way.
    pressed.Cancel = !interruption.IsCancellationRequested;
    interruption.Cancel();
};

DisownedProcesses.Adopt();
var environment = ConsoleEnvironment.OfProcess(interruption.Token);
using var output = new StreamWriter(
    new StandardStream(1, mayFail: true),
    TerminalEncoding.Of(environment.OutputIsTerminal, environment.CharacterSet),
    bufferSize: 1 << 16
);
using var error = new StreamWriter(
    new StandardStream(2, mayFail: false),
    TerminalEncoding.Of(environment.ErrorIsTerminal, environment.CharacterSet)
)
{
    AutoFlush = true,
};
return CommandLine.Run(ProcessArguments.Exact(args), output, error, environment);
