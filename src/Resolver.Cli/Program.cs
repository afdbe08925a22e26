using Resolver.Cli;
using Resolver.Cli.Terminal;

// Parses, calls the library, prints, returns: everything but the process itself is in CommandLine.Run, so that tests
// need no process.
using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The second Ctrl-C ends the process the hard way.
    pressed.Cancel = !interruption.IsCancellationRequested;
    interruption.Cancel();
};

var environment = ConsoleEnvironment.OfProcess(interruption.Token);
using var output = new StreamWriter(
    Console.OpenStandardOutput(),
    TerminalEncoding.Of(environment.OutputIsTerminal, environment.CharacterSet),
    bufferSize: 1 << 16
);
using var error = new StreamWriter(
    Console.OpenStandardError(),
    TerminalEncoding.Of(environment.ErrorIsTerminal, environment.CharacterSet)
)
{
    AutoFlush = true,
};
var code = CommandLine.Run(args, output, error, environment);
try
{
    output.Flush();
}
catch (IOException)
{
    // The reader has gone (`resolver scan | head`): there is nobody left to tell.
}

return code;
