using System.Text;
using Resolver.Application.Inputs;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Explanations.Unmet;

namespace Resolver.Cli.Rendering.Explanations;

/// <summary>The requirements of a large request that cannot be met, for a person: how many, the first few, and their
/// causes.</summary>
internal static class UnmetText
{
    /// <summary>Requirements and causes that are named; --format json has all.</summary>
    private const int MostNamed = 5;

    /// <summary>The first line.</summary>
    public static string Head(UnmetRequirements unmet) =>
        unmet.Requirements.Count == 1
            ? $"No plan: {PlainText.Of(unmet.Requirements[0])} cannot be met, for "
                + $"{Count.Of(unmet.Causes.Count, "reason")}."
            : $"No plan: {unmet.Requirements.Count} of the {unmet.Requested} {(unmet.IsBatch ? "projects of the batch cannot be ordered" : "requested requirements cannot be met")}.";

    /// <summary>The lines below it, each without indentation.</summary>
    public static IEnumerable<string> Causes(UnmetRequirements unmet)
    {
        if (unmet.Requirements.Count > 1)
            yield return "They are "
                + Named([.. unmet.Requirements.Select(PlainText.Of)], MostNamed, unmet.Requirements.Count)
                + ".";
        foreach (var cause in unmet.Causes.Take(MostNamed))
            yield return $"- {PlainText.Of(cause.Text)}";
        if (unmet.Causes.Count > MostNamed)
            yield return $"- and {Count.Of(unmet.Causes.Count - MostNamed, "more cause")}";
        var others = unmet.Requested - unmet.Requirements.Count;
        if (others > 0)
            yield return unmet.AreOthersPossible
                ? $"The other {(others == 1 ? "one is" : $"{others} are")} possible{(others == 1 ? "" : " together")}."
                : $"The other {others} are not possible together either.";
    }

    /// <summary>Where the whole list is.</summary>
    public const string More =
        "'resolver missing' lists what to add to the archive, 'resolver explain --all' explains conflicts one by "
        + "one, and --format json lists everything.";

    public static void Write(StringBuilder text, UnmetRequirements unmet, Paint paint)
    {
        text.Append(paint.Strong(Head(unmet))).Append('\n');
        foreach (var line in Causes(unmet))
            text.Append("  ").Append(line).Append('\n');
        text.Append(More).Append("\n\nThe first conflict:\n");
    }

    private static string Named(IReadOnlyList<string> names, int most, int count) =>
        count <= most + 1
            ? $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}"
            : $"{string.Join(", ", names.Take(most))} and {count - most} more";
}
