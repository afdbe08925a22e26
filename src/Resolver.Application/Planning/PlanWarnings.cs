using Resolver.Application.Inputs;
using Resolver.Application.Targets;
using Resolver.Archives.Distributions;
using Resolver.Execution.Destinations;
using Resolver.Execution.Verification;
using Resolver.Resolution.Plans;

namespace Resolver.Application.Planning;

/// <summary>What a reader of a plan should know beside it.</summary>
internal static class PlanWarnings
{
    /// <summary>Warns of installed distributions that would have been part of the plan but for their metadata, and of
    /// files that two of its projects contain.</summary>
    /// <param name="files">Whether files matter: an install tells of them itself.</param>
    public static void Tell(Plan plan, bool files, TargetEnvironment target, Notices notices)
    {
        TellUnusableInstalled(plan, target, notices);
        if (files && plan.For(target.Interpreter.Environment) is { } own)
            TellConflicts(own, target, notices);
    }

    private static void TellUnusableInstalled(Plan plan, TargetEnvironment target, Notices notices)
    {
        var projects = plan.Steps.Where(step => step.Action == StepAction.Install).Select(step => step.Candidate.Name);
        foreach (var project in projects.Distinct())
        {
            var defective = target.Installed.Where(each =>
                each.Problems.Any(problem => problem.Fatal || InstalledDefects.IsOfMetadata(problem))
                && InstalledDefects.IsOf(each, project)
            );
            foreach (var installed in defective)
                notices.Warning($"{installed.Problems[0].Message}; it does not count as installed");
        }
    }

    private static void TellConflicts(Plan plan, TargetEnvironment target, Notices notices)
    {
        var destination = target.Destination ?? new InstallDestination.Prefix(target.Interpreter.Prefix);
        var conflicts = new FileConflicts(
            plan,
            new PlanPlaces(destination, target.Interpreter, plan),
            target.Interpreter,
            looksAtDisk: target.Destination is not null
        );
        foreach (var line in FileConflicts.Lines(conflicts.OfPlan(plan, Environment.CurrentDirectory)))
            notices.Warning(line);
    }
}
