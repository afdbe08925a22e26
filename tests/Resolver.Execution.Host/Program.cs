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
// 'Hooks' builds them by hooks; 'Template' gives each project a prefix of its own; 'Pip' takes the real pip, and
// 'PipAndHooks' builds by real hooks beside it. Else FOLDER holds the scripts 'pip' and 'python'; the prefix is 'a prefix' in it, the runs are in 'runs'.
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
var isReal = kind is "Pip" or "PipAndHooks";
var interpreter = isReal ? await Interpreter.ProbeAsync("python3", []) : FakeInterpreter.In(folder);
var executor = new PlanExecutor(
    interpreter,
    isReal
        ? await PipFrontend.FindAsync(interpreter)
        : new PipFrontend(Path.Combine(folder, "pip"), [], Version.Parse("23.2")),
    new InstallDestination.Prefix(kind == "Template" ? Path.Combine(prefix, "{name}", "{version}") : prefix),
    new ExecutionOptions
    {
        RunsFolder = Path.Combine(folder, "runs"),
        JournalWritten = Die,
        WheelFolder = isReal || kind is "Wheels" or "Hooks" or "Slurm" ? Path.Combine(folder, "wheels") : null,
        BuildFrontend = kind is "Hooks" or "PipAndHooks" ? BuildFrontend.Hooks : BuildFrontend.Pip,
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
