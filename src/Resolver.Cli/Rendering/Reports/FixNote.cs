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
            diagnostics.Note($"applied fix: {action.Text}");
            if (action is not { Change: Change.Separate separate, Prefixes: [var here, var there] })
                continue;
            var halves = new SplitCommands(typed, session);
            diagnostics.Note($"first prefix: {halves.This(here)}");
            diagnostics.Note($"second prefix: {halves.Other(there, separate.Roots)}");
        }
        if (IsHypothetical(applied))
            diagnostics.Warning("this plan is hypothetical: it can be installed only after the fix is carried out");
    }

    /// <summary>Whether the plan can be carried out only after a person did something.</summary>
    public static bool IsHypothetical(IReadOnlyList<FixAction> applied) =>
        applied.Any(action => action.Change is null or { IsHypothetical: true });
}
