using System.Globalization;
using System.Text;
using Resolver.Application.Inputs;
using Resolver.Cli.Rendering.Explanations;
using Resolver.Cli.Solving;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Solving;

namespace Resolver.Cli.Rendering.Solutions;

/// <summary>An answer for a person.</summary>
internal static class SolutionText
{
    /// <param name="statistics">Whether to say what it took.</param>
    public static string Of(SolvedQuery solved, bool statistics, Paint paint)
    {
        var text = new StringBuilder();
        text.Append(paint.Strong(PlainText.Of(solved.Query.Name)))
            .Append(": ")
            .Append(Verdict(solved, paint))
            .Append('\n');
        foreach (var difference in solved.Differences ?? [])
            text.Append("  ").Append(paint.Bad("differs")).Append(": ").Append(PlainText.Of(difference)).Append('\n');
        // With --check the question is whether they agree; the packages would bury the answer.
        if (solved.Differences is null)
        {
            foreach (var (project, version) in solved.Packages)
                text.Append("  ").Append(PlainText.Of($"{project} {version}")).Append('\n');
        }

        if (solved.Explanation is { } explanation)
            text.Append(ExplanationText.Of(explanation, paint));
        if (statistics)
            text.Append("  ").Append(paint.Faint(Statistics(solved))).Append('\n');
        return text.ToString();
    }

    private static string Verdict(SolvedQuery solved, Paint paint)
    {
        var verdict = solved.Outcome switch
        {
            Outcome.Satisfiable satisfiable =>
                $"satisfiable, {Count.Of(solved.Packages.Count, "package")}{(satisfiable.Proven ? ", proven best" : "")}",
            Outcome.Unsatisfiable => "unsatisfiable",
            Outcome.GaveUp { Limit: LimitReached.Timeout } => "gave up at the time limit",
            _ => "gave up at the conflict limit",
        };
        return solved.Differences switch
        {
            { Count: 0 } when solved.Query.Expected is null => $"{verdict}; the file expects nothing",
            { Count: 0 } => $"{verdict}; {paint.Good("as expected")}",
            _ => verdict,
        };
    }

    private static string Statistics(SolvedQuery solved)
    {
        var search = solved.Outcome.Statistics;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"load {solved.LoadMilliseconds:0.0000} ms, encode {solved.EncodeMilliseconds:0.0000} ms, solve "
                + $"{solved.SolveMilliseconds:0.0000} ms; {search.Decisions} decisions, {search.Conflicts} "
                + $"conflicts, {search.Propagations} propagations; {search.PeakBytes} bytes"
        );
    }
}
