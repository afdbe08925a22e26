using System.Text;

namespace Resolver.Testing.Worlds;

/// <summary>
/// The notation of toy worlds. Statements end with <c>;</c> or a line: <c>NAME VERSIONS -> RUNTIME &lt;- BUILD</c>,
/// <c>root REQUIREMENTS</c> or <c>prefer NAME VERSIONS</c>. VERSIONS are numbers, <c>3!</c> one that may not be used,
/// <c>3s</c> one that must be built. Requirements are parted by commas: <c>b</c>, <c>b>=1&lt;3</c>, <c>b=2</c>,
/// <c>b!2</c>, <c>b[x]>1</c>, <c>~b&lt;2</c> for a constraint, <c>b ?x ?!y</c> for one that holds where extra x is
/// active and y is not. A project may have several statements; one without versions says that it is there and empty.
/// </summary>
internal static class ToyNotation
{
    public static ToyWorld Read(string notation)
    {
        var projects = new Dictionary<string, List<ToyCandidate>>();
        var preferences = new Dictionary<string, int[]>();
        List<ToyRequirement> roots = [];
        foreach (
            var statement in notation.Split(
                [';', '\n'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            if (statement.StartsWith("root ", StringComparison.Ordinal))
            {
                roots.AddRange(Requirements(statement[5..]));
                continue;
            }

            var build = statement.Split("<-", 2);
            var runtime = build[0].Split("->", 2);
            var words = runtime[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "prefer")
            {
                preferences.Add(words[1], [.. words.Skip(2).Select(int.Parse)]);
                continue;
            }

            if (!projects.TryGetValue(words[0], out var candidates))
                projects.Add(words[0], candidates = []);
            foreach (var word in words.Skip(1))
            {
                candidates.Add(
                    new(
                        int.Parse(word.TrimEnd('!', 's')),
                        !word.Contains('!'),
                        word.Contains('s'),
                        runtime.Length > 1 ? [.. Requirements(runtime[1])] : [],
                        build.Length > 1 ? [.. Requirements(build[1])] : []
                    )
                );
            }
        }

        return new(
            [
                .. projects.Select(project => new ToyProject(
                    project.Key,
                    [.. project.Value.OrderBy(candidate => candidate.Version)],
                    preferences.GetValueOrDefault(project.Key)
                )),
            ],
            roots
        );
    }

    public static string Write(ToyWorld world)
    {
        var text = new StringBuilder();
        foreach (var project in world.Projects)
        {
            if (project.Candidates.Count == 0)
                text.Append(project.Name).Append("; ");
            foreach (var candidate in project.Candidates)
            {
                text.Append(project.Name)
                    .Append(' ')
                    .Append(candidate.Version)
                    .Append(candidate.IsUsable ? "" : "!")
                    .Append(candidate.IsBuilt ? "s" : "");
                if (candidate.Requires.Count > 0)
                    text.Append(" -> ").AppendJoin(", ", candidate.Requires.Select(Write));
                if (candidate.BuildRequires.Count > 0)
                    text.Append(" <- ").AppendJoin(", ", candidate.BuildRequires.Select(Write));
                text.Append("; ");
            }

            if (project.Preference is { } preference)
                text.Append("prefer ").Append(project.Name).Append(' ').AppendJoin(' ', preference).Append("; ");
        }

        return text.Append("root ").AppendJoin(", ", world.Roots.Select(Write)).ToString();
    }

    private static string Write(ToyRequirement requirement)
    {
        var text = new StringBuilder(requirement.IsConstraint ? "~" : "").Append(requirement.Project);
        if (requirement.Extra is { } extra)
            text.Append('[').Append(extra).Append(']');
        foreach (var (@operator, version) in requirement.Bounds)
            text.Append(
                    @operator switch
                    {
                        'g' => ">=",
                        'l' => "<=",
                        _ => @operator.ToString(),
                    }
                )
                .Append(version);
        foreach (var (condition, active) in requirement.Conditions)
            text.Append(active ? " ?" : " ?!").Append(condition);
        return text.ToString();
    }

    private static IEnumerable<ToyRequirement> Requirements(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Requirement);

    private static ToyRequirement Requirement(string text)
    {
        var parts = text.Split(" ?", StringSplitOptions.TrimEntries);
        var conditions = parts.Skip(1).Select(part => part[0] == '!' ? (part[1..], false) : (part, true)).ToArray();
        var head = parts[0];
        var isConstraint = head[0] == '~';
        head = isConstraint ? head[1..] : head;
        var end = head.IndexOfAny(['<', '>', '=', '!']);
        var name = end < 0 ? head : head[..end];
        string? extra = null;
        if (name.IndexOf('[') is >= 0 and var bracket)
            (name, extra) = (name[..bracket], name[(bracket + 1)..^1]);
        return new(name, end < 0 ? [] : [.. Bounds(head[end..])], extra, isConstraint, conditions);
    }

    private static IEnumerable<(char Operator, int Version)> Bounds(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var @operator = text[i++];
            if (text[i] == '=')
                (@operator, i) = (@operator == '<' ? 'l' : 'g', i + 1);
            var start = i;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
                i++;
            yield return (@operator, int.Parse(text[start..i]));
        }
    }
}
