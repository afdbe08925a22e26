using Resolver.Application.Archives;
using Resolver.Application.Planning;
using Resolver.Application.Requirements;
using Resolver.Application.Targets;
using Resolver.Execution;
using Resolver.Execution.Frontends;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Resolution.Planning;

// PlanAndInstall FOLDER PREFIX REQUIREMENT...: plans from a folder of sdists and wheels, and installs the plan, or explains why there is none.
var request = new PlanningRequest
{
    Projects = RequestedProjects.Of(args[2..]),
    Archive = new ArchiveSettings { Places = [args[0]] },
    Target = TargetSettings.Default with { Prefix = args[1] },
    Builds = true,
};
using var session = await PlanningSession.OpenAsync(request);
var outcome = await session.PlanAsync();
Console.WriteLine(outcome is PlanOutcome.Impossible no ? no.Explanation.Text : outcome.GetType().Name);
foreach (var fix in outcome is PlanOutcome.Impossible { Explanation.Fixes: var fixes } ? fixes : [])
    Console.WriteLine($"fix: {string.Join(", and ", fix)}");
if (outcome is not PlanOutcome.Planned { Plan: var plan })
    return 1;
var interpreter = session.Target.Interpreter;
var pip = await PipFrontend.FindAsync(interpreter);
var executor = new PlanExecutor(interpreter, pip, session.Target.Destination!, new ExecutionOptions());
var ended = await executor.RunAsync(plan);
Console.WriteLine(ended is ExecutionOutcome.Completed done ? $"installed {done.Installed}" : $"{ended}");
return ended is ExecutionOutcome.Completed ? 0 : 4;
