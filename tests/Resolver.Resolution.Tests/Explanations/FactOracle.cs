using System.Globalization;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Tests.Explanations;

/// <summary>Whether printed facts can hold together, by trying every choice. It reads the facts as a program reads the
/// JSON, and shares nothing with the solver: versions are whole numbers, bounds one comparison.</summary>
internal sealed class FactOracle
{
    private readonly IReadOnlyList<Fact> facts;
    private readonly List<Fact.Candidates> closed;
    private readonly Dictionary<string, int?> chosen = [];

    private FactOracle(IReadOnlyList<Fact> facts) =>
        (this.facts, closed) = (facts, [.. facts.OfType<Fact.Candidates>()]);

    /// <summary>Whether some choice meets all of them. What no fact speaks of is free: a project of which the facts do
    /// not list all candidates has one that meets everything and requires nothing.</summary>
    public static bool CanHold(IReadOnlyList<Fact> facts) => new FactOracle(facts).Choose(0);

    private bool Choose(int next)
    {
        if (next == closed.Count)
            return Holds();
        var name = closed[next].Name;
        foreach (var version in closed[next].Versions.Select(each => (int?)Number(each)).Append(null))
        {
            chosen[name] = version;
            if (Choose(next + 1))
                return true;
        }
        return false;
    }

    /// <summary>Whether what the roots reach has everything that it requires. A project without a chosen version is
    /// not there, unless it is free.</summary>
    private bool Holds()
    {
        var extras = new HashSet<(string, string)>();
        var reached = new HashSet<string>();
        for (var size = -1; size != extras.Count + reached.Count;)
        {
            size = extras.Count + reached.Count;
            foreach (var fact in facts.OfType<Fact.Requires>().Where(each => Binds(each, reached, extras)))
            {
                var (name, asked, bound, _) = Read(fact.Requirement);
                reached.Add(name);
                extras.UnionWith(asked.Select(extra => (name, extra)));
                if (IsFree(name))
                    continue;
                if (chosen[name] is not { } version || !Meets(version, bound))
                    return false;
            }
        }
        return !reached.Any(IsUnusable)
            && !facts
                .OfType<Fact.BuildCycle>()
                .Any(cycle =>
                    cycle.Steps.All(step =>
                        reached.Contains(step.Name)
                        && IsChosen(step.Name, step.Versions)
                        && Wants(Read(step.Requirement).Marker, extras, step.Name)
                    )
                );
    }

    private bool Binds(Fact.Requires fact, HashSet<string> reached, HashSet<(string, string)> extras) =>
        fact.Name is null
        || (
            reached.Contains(fact.Name)
            && IsChosen(fact.Name, fact.Versions)
            && Wants(Read(fact.Requirement).Marker, extras, fact.Name)
        );

    private static bool Wants(string[] marker, HashSet<(string Name, string Extra)> extras, string of) =>
        marker.Length == 0 || marker.Any(extra => extras.Contains((of, extra)));

    private bool IsUnusable(string name) =>
        facts.OfType<Fact.Unusable>().Any(each => each.Name == name && IsChosen(name, each.Versions));

    private bool IsChosen(string name, IReadOnlyList<string> versions) =>
        !IsFree(name) && chosen[name] is { } version && versions.Any(each => Number(each) == version);

    private bool IsFree(string name) => !chosen.ContainsKey(name);

    private static int Number(string version) => int.Parse(version, CultureInfo.InvariantCulture);

    /// <summary><c>a[x]>=2; extra == "x" or extra == "y"</c>.</summary>
    private static (string Name, string[] Extras, string Bound, string[] Marker) Read(string requirement)
    {
        var parts = requirement.Split(';');
        var marker = parts.Length > 1 ? parts[1].Split('"').Where((_, i) => i % 2 == 1).ToArray() : [];
        var text = parts[0].Replace(" ", "", StringComparison.Ordinal);
        var end = text.IndexOfAny(['[', '<', '>', '=', '!']);
        var name = end < 0 ? text : text[..end];
        var rest = text[name.Length..];
        var extras = Array.Empty<string>();
        if (rest.StartsWith('['))
        {
            extras = rest[1..rest.IndexOf(']', StringComparison.Ordinal)].Split(',');
            rest = rest[(rest.IndexOf(']', StringComparison.Ordinal) + 1)..];
        }
        return (name, extras, rest, marker);
    }

    private static bool Meets(int version, string bounds) =>
        bounds
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .All(bound =>
            {
                var number = Number(bound.TrimStart('<', '>', '=', '!'));
                return bound[..^number.ToString(CultureInfo.InvariantCulture).Length] switch
                {
                    ">=" => version >= number,
                    "<=" => version <= number,
                    "==" => version == number,
                    "!=" => version != number,
                    "<" => version < number,
                    ">" => version > number,
                    _ => throw new FormatException(bound),
                };
            });
}
