using System.Globalization;
using Resolver.Archives.Distributions;
using Resolver.Resolution.Candidates;

namespace Resolver.Archives.Tests.Index;

/// <summary>Everything that is known of a distribution or a candidate, as text: two are the same where their texts
/// are.</summary>
internal static class Described
{
    public static IReadOnlyList<string> All(IEnumerable<Distribution> distributions) => [.. distributions.Select(Of)];

    public static string Of(Distribution each) =>
        string.Join(
            '\n',
            $"{each.Path} {each.Kind} {each.Sha256} {each.Size?.ToString(CultureInfo.InvariantCulture)}",
            $"{each.Name} {each.RawName} {each.Version} {each.RequiresPython}",
            $"requires {Join(each.RequiresDist)}",
            $"builds {Join(each.BuildRequires)} {each.BuildBackend} {Join(each.BackendPath)}",
            $"extras {Join(each.Extras)} wheel {each.Wheel?.BuildTag} {Join(each.Wheel?.Tags)}",
            $"known {Join(each.Known.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => $"{k.Key}={k.Value}"))}",
            $"environment {Join(each.BuildEnvironment.OrderBy(k => k.Key, StringComparer.Ordinal))}",
            $"problems {Join(each.Problems)}"
        );

    public static string Of(Candidate each) =>
        string.Join(
            '\n',
            $"{each.Name} {each.Version} {each.Kind} {each.Path} {each.Sha256} {each.RequiresPython} "
                + $"{each.UnusableBecause}",
            $"requires {Join(each.Requires)} builds {Join(each.BuildRequires)} tags {Join(each.Tags)} "
                + $"{Join(each.Weaknesses)}"
        );

    private static string Join<T>(IEnumerable<T>? values) =>
        values is null ? "unknown" : $"[{string.Join("; ", values)}]";
}
