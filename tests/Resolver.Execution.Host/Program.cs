using System.Diagnostics;
using System.Globalization;
using Resolver.Execution;
using Resolver.Execution.Destinations;
using Resolver.Execution.Frontends;
using Resolver.Execution.Host;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Recovery;
using Resolver.Interpreters;
using Resolver.Resolution.Plans;
using Version = Resolver.Packaging.Versions.Version;

// ACTION FOLDER FILE-OR-RUN LINES: run a plan, resume or undo a run, and die by SIGKILL after so many lines of the
// journal (0: live on). A fifth argument 'Wheels' builds wheels first, two at once; 'Slurm' has a cluster build them;
// 'Template' gives each project a prefix of its own; 'Pip' takes the real pip. Else FOLDER holds the scripts 'pip'
// and 'python'; the prefix is 'a prefix' in it, the runs are in 'runs'.
var (action, folder, what, lines) = (args[0], args[1], args[2], int.Parse(args[3], CultureInfo.InvariantCulture));
void Die(int written)
{
    if (written == lines)
        Process.GetCurrentProcess().Kill();
}

if (action == "undo")
{
    var undone = await RunUndo.RunAsync(what, null, Die, CancellationToken.None);
    Console.WriteLine(undone);
    return undone is UndoOutcome.Undone ? 0 : 4;
}

var kind = args.Length > 4 ? args[4] : "";
var prefix = Path.Combine(folder, "a prefix");
var interpreter = kind == "Pip" ? await Interpreter.ProbeAsync("python3", []) : FakeInterpreter.In(folder);
var executor = new PlanExecutor(
    interpreter,
    kind == "Pip"
        ? await PipFrontend.FindAsync(interpreter)
        : new PipFrontend(Path.Combine(folder, "pip"), [], Version.Parse("23.2")),
    new InstallDestination.Prefix(kind == "Template" ? Path.Combine(prefix, "{name}", "{version}") : prefix),
    new ExecutionOptions
    {
        RunsFolder = Path.Combine(folder, "runs"),
        JournalWritten = Die,
        WheelFolder = kind is "Wheels" or "Slurm" or "Pip" ? Path.Combine(folder, "wheels") : null,
        Slurm = kind == "Slurm" ? new SlurmOptions { Poll = TimeSpan.FromMilliseconds(100) } : null,
        Jobs = 2,
    }
);
var outcome =
    action == "resume"
        ? await executor.ResumeAsync(what)
        : await executor.RunAsync(PlanJson.Read(File.ReadAllBytes(what), what));
Console.WriteLine(outcome);
return outcome is ExecutionOutcome.Completed ? 0 : 4;
