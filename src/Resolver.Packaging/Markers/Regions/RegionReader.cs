using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Markers.Regions;

/// <summary>From markers to regions. Comparisons of Python are asked at the places where their answer can change, by
/// the very code that judges markers.</summary>
internal static class RegionReader
{
    private static readonly MarkerEnvironment Anywhere = MarkerEnvironment.CPython311OnLinux;

    public static RegionNode? Read(MarkerExpression expression, out ParseError? error)
    {
        error = null;
        if (expression is MarkerExpression.Comparison comparison)
            return Read(comparison, out error);
        var isAnd = expression is MarkerExpression.And;
        var parts = expression is MarkerExpression.And and ? and.Parts : ((MarkerExpression.Or)expression).Parts;
        var result = isAnd ? RegionNode.True : RegionNode.False;
        foreach (var part in parts)
        {
            if (Read(part, out error) is not { } node)
                return null;
            result = isAnd ? result.And(node) : result.Or(node);
        }
        return result;
    }

    /// <summary>The final releases that a specifier admits.</summary>
    public static ReleaseSet Releases(SpecifierSet specifier)
    {
        var places = specifier.Specifiers.SelectMany(clause =>
            Version.TryParse(
                clause.VersionText.EndsWith(".*", StringComparison.Ordinal)
                    ? clause.VersionText[..^2]
                    : clause.VersionText
            )
                is { Success: true } version
                ? Around(FinalRelease.Of(version.Value))
                : []
        );
        return ReleaseSet.Where(places, release => specifier.Contains(release.ToString(), prereleases: true));
    }

    private static RegionNode? Read(MarkerExpression.Comparison comparison, out ParseError? error)
    {
        // Whether a comparison means anything does not depend on the environment.
        var context = new MarkerContext
        {
            Environment = Anywhere,
            RequestedExtras = [],
            Extras = [],
            DependencyGroups = [],
        };
        if (MarkerComparer.Compare(comparison, context, out error) is null)
            return null;
        if (comparison.Variable is "python_version" or "python_full_version" && Places(comparison) is { } places)
        {
            var isMinor = comparison.Variable == "python_version";
            return RegionNode.Of(
                RegionVariable.Python,
                ReleaseSet.Where(
                    isMinor ? places.Select(place => place with { Micro = 0 }) : places,
                    release => Holds(comparison, release)
                )
            );
        }
        if (
            !MarkerComparer.HoldsVersions(comparison.Variable)
            && !MarkerComparer.HoldsSet(comparison.Variable)
            && comparison.Variable != "extra"
        )
        {
            switch (comparison.Operator)
            {
                case "==" or "<=" or ">=":
                    return RegionNode.Of(RegionVariable.Text(comparison.Variable), TextSet.Of(comparison.Literal));
                case "!=":
                    return RegionNode.Of(
                        RegionVariable.Text(comparison.Variable),
                        TextSet.Of(comparison.Literal).Complement()
                    );
                case "<" or ">":
                    return RegionNode.False; // of texts, never
            }
        }
        var positive = comparison.Operator switch
        {
            "!=" => "==",
            "not in" => "in",
            _ => comparison.Operator,
        };
        var kept = RegionNode.Of(RegionVariable.Of(comparison with { Operator = positive }), TextSet.True);
        return positive == comparison.Operator ? kept : kept.Not();
    }

    private static bool Holds(MarkerExpression.Comparison comparison, FinalRelease release) =>
        MarkerComparer.Compare(comparison, new() { Environment = At(Anywhere, release) }, out _) == true;

    /// <summary>The environment with another Python.</summary>
    public static MarkerEnvironment At(MarkerEnvironment environment, FinalRelease release) =>
        environment with
        {
            PythonFullVersion = release.ToString(),
            PythonVersion = release.MinorText,
            ImplementationVersion =
                environment.ImplementationName == "cpython" ? release.ToString() : environment.ImplementationVersion,
        };

    /// <summary>Where the answer can change; null where there is no telling.</summary>
    private static IEnumerable<FinalRelease>? Places(MarkerExpression.Comparison comparison)
    {
        if (comparison.Operator is not ("in" or "not in"))
        {
            var literal = comparison.Literal.EndsWith(".*", StringComparison.Ordinal)
                ? comparison.Literal[..^2]
                : comparison.Literal;
            return Version.TryParse(literal) is { Success: true } version ? Around(FinalRelease.Of(version.Value)) : [];
        }
        if (!comparison.VariableOnLeft)
            return null; // which releases have '1' in their text?
        return Texts(comparison.Literal).SelectMany(Around);
    }

    private static IEnumerable<FinalRelease> Around(FinalRelease release) =>
        [
            new(release.Major, 0, 0),
            new(release.Major, release.Minor, 0),
            release,
            release.NextMicro,
            release.NextMinor,
            release.NextMajor,
        ];

    /// <summary>Every part of a text that is a release of two or three numbers.</summary>
    private static IEnumerable<FinalRelease> Texts(string text)
    {
        const int longest = 12;
        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsAsciiDigit(text[start]))
                continue;
            for (
                var end = start + 1;
                end <= text.Length
                    && end - start <= longest
                    && (char.IsAsciiDigit(text[end - 1]) || text[end - 1] == '.');
                end++
            )
            {
                if (
                    text[end - 1] != '.'
                    && text.AsSpan(start, end - start).Count('.') is 1 or 2
                    && Version.TryParse(text[start..end]) is { Success: true } version
                )
                    yield return FinalRelease.Of(version.Value);
            }
        }
    }
}
