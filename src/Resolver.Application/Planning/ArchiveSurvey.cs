using Resolver.Application.Archives;
using Resolver.Application.Inputs;
using Resolver.Archives.Distributions;
using Resolver.Resolution.Batches;
using Resolver.Resolution.Missing;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Solving;

namespace Resolver.Application.Planning;

/// <summary>What can be planned of a whole archive, and what it lacks: the answers of <c>order --keep-going</c> and
/// <c>missing --batch</c> to an archive, as for an empty environment.</summary>
public sealed record ArchiveSurvey
{
    /// <summary>The plan of as many projects as possible, and why the others are left out; null where there is none
    /// (<see cref="NoPlan"/>).</summary>
    public Plan? Plan { get; init; }

    /// <summary>Whether no selection has more projects, or newer versions.</summary>
    public bool Proven { get; init; }

    /// <summary>Why there is no plan, for a person; null where there is one.</summary>
    public string? NoPlan { get; init; }

    /// <summary>The fewest files to add so that the newest version of every project can be planned; null where a limit
    /// was reached first.</summary>
    public MissingList? Missing { get; init; }

    /// <summary>Plans the archive.</summary>
    /// <param name="found">What a scan of the archive found.</param>
    /// <param name="request">The archive as its batch; its limits bound each of the two questions.</param>
    /// <param name="notices">Receives progress; null: nobody does.</param>
    /// <param name="interruption">Ends it.</param>
    /// <exception cref="InputException">The archive cannot be read.</exception>
    /// <exception cref="Resolver.Interpreters.InterpreterException">The interpreter cannot be asked.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static async Task<ArchiveSurvey> OfAsync(
        IReadOnlyList<Distribution> found,
        PlanningRequest request,
        Notices? notices = null,
        CancellationToken interruption = default
    )
    {
        // Of two files that contradict each other nobody can say which is meant, and the planner refuses both.
        var ambiguous = Ambiguous(found);
        if (ambiguous.Count > 0)
            request = request with
            {
                Batch =
                [
                    .. found.Select(each => each.Path).OfType<string>().Where(path => !ambiguous.ContainsKey(path)),
                ],
            };
        using var session = await PlanningSession.OpenAsync(
            request,
            (notices ?? Notices.None) with
            {
                Warning = _ => { },
            },
            interruption
        );
        // Nothing counts as named: what cannot be used is left out.
        var survey = await session.OrderAsync([], keepGoing: true) switch
        {
            PlanOutcome.Planned planned => new ArchiveSurvey
            {
                Plan = planned.Plan with { LeftOut = [.. planned.Plan.LeftOut, .. ambiguous.Values] },
                Proven = planned.Proven,
            },
            PlanOutcome.Impossible impossible => new ArchiveSurvey { NoPlan = impossible.Explanation.Text },
            PlanOutcome.BadInput bad => new ArchiveSurvey { NoPlan = string.Join('\n', bad.Errors) },
            PlanOutcome.GaveUp gaveUp => new ArchiveSurvey { NoPlan = $"the search stopped, as {gaveUp.Limit}" },
            _ => new ArchiveSurvey(),
        };
        interruption.ThrowIfCancellationRequested();
        // The second question gets the time that the first one got.
        var limits = request.Limits.Deadline is { Limit: var time }
            ? request.Limits with
            {
                Deadline = Deadline.After(time),
            }
            : request.Limits;
        var newest = Newest(BatchItems.Of(session.Batch, []));
        return survey with
        {
            Missing = MissingProjects.Find(
                BatchPlanner.Question(newest, session.Source, session.Request),
                limits,
                interruption
            ),
        };
    }

    /// <summary>Of each project its newest version: of two versions only one can be installed, whatever is
    /// added.</summary>
    private static IReadOnlyList<BatchItem> Newest(IReadOnlyList<BatchItem> items) =>
        [
            .. items
                .Where(item => item.Candidate is { UnusableBecause: null })
                .GroupBy(item => item.Candidate!.Name)
                .SelectMany(project =>
                {
                    var newest = project.Max(item => item.Candidate!.Version);
                    return project.Where(item => item.Candidate!.Version.Equals(newest));
                }),
        ];

    /// <summary>The files that say they are the same version, of the same kind, and have different content, by
    /// path.</summary>
    private static Dictionary<string, LeftOut> Ambiguous(IReadOnlyList<Distribution> found) =>
        found
            .Where(each => each is { Name: not null, Version: not null, Path: not null })
            .GroupBy(each => (each.Name, each.Version, each.Kind, TagsOf(each)))
            .Where(same => same.DistinctBy(each => each.Sha256 ?? each.Path).Skip(1).Any())
            .SelectMany(same =>
                same.Select(each => new LeftOut(
                    each.Path!,
                    each.Name?.Normalized,
                    each.Version?.ToString(),
                    "ambiguous",
                    $"{string.Join(" and ", same.Select(other => other.Path))} are both {each.Name} {each.Version}, "
                        + $"with different content"
                ))
            )
            .ToDictionary(each => each.Path);

    private static string TagsOf(Distribution each) =>
        each.Wheel is { } wheel
            ? $"{string.Join('.', wheel.Tags.Select(tag => tag.ToString()).Order(StringComparer.Ordinal))} "
                + $"{wheel.BuildTag}"
            : "";
}
