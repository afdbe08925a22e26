using System.Globalization;
using System.Text;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Report;

/// <summary>A core told for a person; few lines become a few sentences.</summary>
internal sealed class ConflictReport
{
    private const int MostInSentences = 4;
    private const int MostLines = 60;

    private readonly Problem problem;
    private readonly IProblemText text;
    private readonly List<Assumption> ordered;
    private readonly (string Root, string Name)? supposed;

    /// <param name="supposed">A root that is no request but a supposition, and how to call it.</param>
    public ConflictReport(
        Problem problem,
        IProblemText text,
        IReadOnlyList<Assumption> core,
        (string Root, string Name)? supposed = null
    )
    {
        (this.problem, this.text, this.supposed) = (problem, text, supposed);
        var facts = new ReportedFacts(problem, text);
        ordered = facts.Ordered(core);
        Facts = facts.Of(ordered);
    }

    /// <summary>The facts, roots first, each project's candidates behind the last requirement on it.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>States what there is no plan for. This begins the report; <see cref="Tell"/> continues it.</summary>
    public string Head(IReadOnlyList<ReportLine> lines) =>
        supposed is { } each ? $"No plan with {each.Name}"
        : IsBatchOnly(lines) ? "No plan for the batch"
        : "No plan";

    /// <summary>The whole report; several lines where it is long.</summary>
    public string Tell()
    {
        var lines = Lines(showsPlaces: true);
        return IsShort(lines) ? $"{Head(lines)}: {Sentences(lines)}." : $"{Head(lines)}.{Listed(lines)}";
    }

    /// <summary>The report without its head, for a list of several.</summary>
    public string TellBody()
    {
        var lines = Lines(showsPlaces: true);
        if (!IsShort(lines))
            return Listed(lines).TrimStart('\n');
        var told = Sentences(lines);
        var first = lines.FirstOrDefault(each => each.Phrase.Text.Length > 0)?.Phrase;
        return $"{(first is { StartsWithName: false } ? char.ToUpperInvariant(told[0]) + told[1..] : told)}.";
    }

    /// <summary>The same as one line about a root, which is not named unless it is the subject of a clause.</summary>
    /// <param name="granted">The text of the root the line is about.</param>
    /// <param name="others">What is to be said of the other roots.</param>
    public string TellReason(string granted, string others = "is ordered") => TellReason(granted, others, out _);

    /// <param name="namesIt">Whether the line begins with the project of the root.</param>
    public string TellReason(string granted, string others, out bool namesIt)
    {
        var lines = Lines(showsPlaces: false);
        var roots = ordered
            .OfType<Assumption.Requires>()
            .Where(each => each.Source is null && text.TextOf(each.Id) != granted)
            .DistinctBy(each => text.TextOf(each.Id))
            .ToList();
        var says = lines.Any(each => !each.IsRoot && !each.IsConclusion);
        // That the two cannot both be had is what the line is about.
        var clauses = lines.Where(each => !each.IsRoot && !(each.IsConclusion && roots.Count > 0 && says)).ToList();
        var about = ordered
            .OfType<Assumption.Requires>()
            .Where(each => each.Source is null && text.TextOf(each.Id) == granted)
            .Select(each => problem.Target(each.Id));
        namesIt = clauses is [{ Phrase.Subject: { } subject }, ..] && about.Contains(subject);
        var told = clauses
            .Select(each => each.Text(atStart: false))
            .Concat(
                roots.Select(each =>
                    text.RoleOf(each.Id) == Role.Constraint
                        ? $"a constraint requires {text.RequestOf(each.Id)}"
                        : $"{text.TextOf(each.Id)} {others}"
                )
            );
        return string.Join("; ", told);
    }

    /// <summary>The same as one line about a build whose environment the problem is: what is requested is what it
    /// requires.</summary>
    public string TellBuild() =>
        string.Join(
            "; ",
            Lines(showsPlaces: false)
                .Select(each =>
                    each.Requested is { } requested ? With($"it requires {requested}", each) : each.Text(atStart: false)
                )
                .Where(each => each.Length > 0)
        );

    private static string With(string start, ReportLine line)
    {
        var told = new ReportLine(line.Depth, new Phrase(start, false));
        told.Ends.AddRange(line.Ends);
        return told.Text(atStart: false);
    }

    private IReadOnlyList<ReportLine> Lines(bool showsPlaces)
    {
        var lines = ReportOutline.Of(problem, text, ordered, supposed?.Root, showsPlaces);
        // Few lines read better without what the cycle says again; a list would lose what the lines below belong to.
        var without = lines.Where(each => !each.IsInCycle).ToList();
        return !showsPlaces || IsShort(without) ? without : lines;
    }

    private static bool IsShort(IReadOnlyList<ReportLine> lines) =>
        lines.Count <= MostInSentences && lines.All(each => each.Number == 0);

    private static bool IsBatchOnly(IReadOnlyList<ReportLine> lines) =>
        lines.Count(each => each.IsRoot) == 1 && lines[0].IsBatch;

    private static string Listed(IReadOnlyList<ReportLine> lines)
    {
        var told = new StringBuilder();
        foreach (var line in lines.Where(each => each.Text(atStart: true).Length > 0).Take(MostLines))
        {
            told.Append('\n').Append(' ', 2 * line.Depth);
            if (line.Number > 0)
                told.Append(CultureInfo.InvariantCulture, $"({line.Number}) ");
            told.Append(line.Text(atStart: true))
                .Append(
                    string.Concat(
                        line.SeeAlso.Where(other => other.Number > 0).Select(other => $" (see {other.Number})")
                    )
                )
                .Append('.');
        }
        if (lines.Count > MostLines)
            told.Append(
                CultureInfo.InvariantCulture,
                $"\nAnd {lines.Count - MostLines} more lines of this kind; --format json has every fact."
            );
        return told.ToString();
    }

    /// <summary>What is requested; then each link of a chain as a sentence, or branches joined; then what it comes
    /// to.</summary>
    private static string Sentences(IReadOnlyList<ReportLine> lines)
    {
        var conclusions = lines.Where(each => each.IsConclusion).ToList();
        var body = lines.Where(each => !each.IsRoot && !each.IsConclusion).ToList();
        // That a thing of the batch is in the batch goes without saying, where something is said of it.
        var roots = lines
            .Where(each => each.IsRoot && each.Text(true).Length > 0 && (body.Count == 0 || !IsBatchOnly(lines)))
            .ToList();
        var isChain =
            body.Select((line, i) => line.Depth == i + 1 && (i == body.Count - 1 || !line.IsClosed)).All(each => each)
            && lines.Count(each => each.IsRoot) == 1;
        var sentences = new List<string>();
        if (roots.Count > 0)
            sentences.Add(string.Join(", and ", roots.Select(each => each.Text(atStart: false))));
        if (isChain || body.Exists(each => each.IsClosed))
            sentences.AddRange(body.Select(each => each.Text(atStart: true)));
        else if (body.Count > 0)
            sentences.Add(string.Join(", and ", body.Select((each, i) => each.Text(atStart: i == 0))));
        if (conclusions.Count == 0)
            return string.Join(". ", sentences);
        // A 'but' joins one clause, and only to what has none.
        if (conclusions.Count > 1 || conclusions[0].Phrase.IsSentence || body.Exists(each => each.IsClosed))
            return string.Join(
                ". ",
                [.. sentences, .. conclusions.Select((each, i) => each.Text(i + sentences.Count > 0))]
            );
        var conclusion = conclusions[0].Text(atStart: false);
        return sentences.Count == 0 ? conclusion : $"{string.Join(". ", sentences)}, but {conclusion}";
    }
}
