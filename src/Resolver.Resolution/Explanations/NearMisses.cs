using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations;

/// <summary>What is almost what was needed: a version outside its bound, one that may not be chosen, a name that is nearly right.</summary>
internal sealed class NearMisses(Problem problem, IProblemText text, ICandidateSource? source)
{
    public IReadOnlyList<Hint> Find(IReadOnlyList<Assumption> core)
    {
        var hints = new List<Hint>();
        foreach (var project in core.OfType<Assumption.NoOthers>().Select(each => each.Project))
        {
            var count = problem.CandidateCount(project);
            if (count == 0)
                hints.AddRange(Misspelt(text.ProjectOf(project)));
            foreach (var requirement in core.OfType<Assumption.Requires>().Where(each => problem.Target(each.Id) == project))
                hints.AddRange(OutOfRange(project, count, requirement));
        }
        foreach (var unfit in core.OfType<Assumption.Unfit>())
        {
            for (var i = 0; i < problem.CandidateCount(unfit.Project); i++)
            {
                if (text.WhyUnusable(unfit.Project, i) is { } reason && reason.Why == unfit.Why)
                    hints.Add(new Hint(text.ProjectOf(unfit.Project), text.VersionOf(unfit.Project, i), reason.Why, reason.Detail));
            }
        }
        return [.. hints.Distinct()];
    }

    private IEnumerable<Hint> OutOfRange(VariableId project, int count, Assumption.Requires requirement)
    {
        if (count == 0)
            yield break;
        var words = new ulong[(count + 63) / 64];
        problem.Satisfying(requirement.Id, words);
        if (words.Any(each => each != 0))
            yield break;
        yield return new Hint(
            text.ProjectOf(project), text.VersionOf(project, count - 1), "out-of-range",
            $"{text.ProjectOf(project)} {text.VersionOf(project, count - 1)} is there, but {text.TextOf(requirement.Id)} is needed");
    }

    private IEnumerable<Hint> Misspelt(string name)
    {
        if (source is null)
            yield break;
        foreach (var other in source.Projects.Where(each => IsNear(name, each.Normalized)).OrderBy(each => each).Take(3))
            yield return new Hint(name, null, "misspelt", $"there is no {name}, but there is {other}");
    }

    /// <summary>Equal without separators, or one or two edits apart (Levenshtein), the latter only for longer names.</summary>
    private static bool IsNear(string a, string b)
    {
        if (a.Replace("-", "", StringComparison.Ordinal) == b.Replace("-", "", StringComparison.Ordinal))
            return true;
        var allowed = a.Length < 5 ? 1 : 2;
        if (a.Length < 3 || Math.Abs(a.Length - b.Length) > allowed)
            return false;
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            previous = current;
        }
        return previous[b.Length] <= allowed;
    }
}
