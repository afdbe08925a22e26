using Resolver.Application.Archives;
using Resolver.Application.Inputs;
using Resolver.Application.Planning;
using Resolver.Application.Requirements;
using Resolver.Resolution.Planning;

// PlanFolder FOLDER REQUIREMENT...: the newest consistent set from a folder of sdists and wheels, in install order.
var request = new PlanningRequest
{
    Projects = RequestedProjects.Of(args[1..]),
    Archive = new ArchiveSettings { Places = [args[0]] },
};
var notices = new Notices { Warning = message => Console.Error.WriteLine($"warning: {message}") };

using var session = await PlanningSession.OpenAsync(request, notices);
var outcome = await session.PlanAsync();
if (outcome is PlanOutcome.Planned { Plan: var plan })
    foreach (var step in plan.Steps)
        Console.WriteLine($"{step.Order}. {step.Candidate.Name} {step.Candidate.Version} {step.Candidate.Path}");
else if (outcome is PlanOutcome.Impossible { Explanation: var explanation })
    Console.WriteLine(explanation.Text);
