using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering.Plans;

/// <summary>What a document about a plan is called.</summary>
internal static class PlanTitle
{
    private const int RootsShown = 3;

    /// <summary>Plain text, of the first few requirements.</summary>
    public static string Of(Plan plan)
    {
        var roots = plan.Roots.Select(root => root.Text).Distinct().ToList();
        return roots.Count == 0
            ? "Plan"
            : $"Plan for {string.Join(", ", roots.Take(RootsShown))}{(roots.Count > RootsShown ? $" and {roots.Count - RootsShown} more" : "")}";
    }
}
