using System.CommandLine;
using Resolver.Application.Planning;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Explanations.Fixes;

namespace Resolver.Cli.Rendering.Reports;

/// <summary>What is said beside a plan that a fix made possible.</summary>
internal static class FixNote
{
    /// <summary>Says what was changed, and what is left for a person to do.</summary>
    /// <param name="typed">The command line that named the fix.</param>
    public static void Tell(
        IReadOnlyList<FixAction> applied,
        ParseResult typed,
        PlanningSession session,
        Diagnostics diagnostics
    )
    {
        foreach (var action in applied)
        {
            diagnostics.Note($"with this change: {action.Text}");
            if (action is not { Change: Change.Separate separate, Prefixes: [var here, var there] })
                continue;
            var halves = new SplitCommands(typed, session);
            diagnostics.Note($"this is the one prefix: {halves.This(here)}");
            diagnostics.Note($"and this the other: {halves.Other(there, separate.Roots)}");
        }
        if (IsHypothetical(applied))
            diagnostics.Warning("this plan is what there would be then: it cannot be installed before that is done");
    }

    /// <summary>Whether the plan can be carried out only after a person did something.</summary>
    public static bool IsHypothetical(IReadOnlyList<FixAction> applied) =>
        applied.Any(action => action.Change is null or { IsHypothetical: true });
}
