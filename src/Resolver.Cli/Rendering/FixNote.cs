using Resolver.Resolution.Explanations;

namespace Resolver.Cli.Rendering;

/// <summary>What is said beside a plan that a fix made possible.</summary>
internal static class FixNote
{
    /// <summary>Says what was changed, and what is left for a person to do.</summary>
    public static void Tell(IReadOnlyList<FixAction> applied, Diagnostics diagnostics)
    {
        foreach (var action in applied)
        {
            diagnostics.Note($"with this change: {action.Text}");
            if (action.Change is Change.Separate separate)
                diagnostics.Note($"then, into the other prefix: resolver plan '{separate.Root}'");
        }
        if (IsHypothetical(applied))
            diagnostics.Warning("this plan is what there would be then: it cannot be installed before that is done");
    }

    /// <summary>Whether the plan can be carried out only after a person did something.</summary>
    public static bool IsHypothetical(IReadOnlyList<FixAction> applied) => applied.Any(action => action.Change is null or { IsHypothetical: true });
}
