using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Encodings;
using Resolver.Resolution.Explanations.Additions;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>Fixes that add files to the archive. A version that could only help by requiring less than those that are
/// there is a hope: it is named where nothing else helps, and never planned as if it existed.</summary>
internal sealed class AdditionFixes(FixQuestion question)
{
    private readonly Problem problem = question.Problem;
    private readonly IProblemText text = question.Text;

    /// <summary>Whether a single file was found to be enough that is more than a hope.</summary>
    public bool IsOneEnough { get; private set; }

    /// <summary>One more file of the project; null where none could help.</summary>
    /// <param name="selection">A selection with a phantom in its place.</param>
    /// <param name="isAlone">Whether it has to be enough, rather than be one part of a fix.</param>
    public RankedFix? One(VariableId project, FoundSelection selection, bool isAlone = true)
    {
        var required = question.RequiredOf(project, selection);
        if (!required.TrueForAll(problem.AdmitsOthers))
            return null;
        var name = text.ProjectOf(project);
        // It is there; which version it is, its owner can say.
        if (text.PlacesWithoutVersion(project) is [var place, ..])
            return RankedFix.Of(
                RankedFix.Missing,
                new FixAction("declare", name)
                {
                    Text =
                        $"declare the version of {name} ({place}) in resolver.toml{(question.Bound(required) is { Length: > 0 } bound ? $"; {name}{bound} is required" : "")}",
                }
            );
        return question.Own is { } own
            ? Known(own, project, required, isAlone ? selection : null)
            : Unknown(project, required);
    }

    /// <summary>A shortest list of files as one fix, where files are what is lacking; null where no list
    /// helps.</summary>
    /// <param name="any">Also where another version of what is there would have to help.</param>
    public RankedFix? Shortest(bool any)
    {
        if (
            question.Own is not { } own
            || !(any || (!IsOneEnough && LacksFiles(own)))
            || ShortestAdditions.Of(own, question.Budget, question.Relaxed.Refutations)
                is not { Added.Count: > 0 } found
        )
            return null;
        return new RankedFix(
            found.Added.Any(each => each.Kind == AdditionKind.Another) ? RankedFix.Hoped
                // Other forms of what is there: the option that forbids these is easier to change.
                : found.Added.All(each => each.KnownFrom is not null) ? RankedFix.Right + 1
                : RankedFix.Missing,
            [.. found.Added.Select(each => Action(own, each, BoundText.Of(found.BoundsOf(each))))]
        );
    }

    /// <summary>Whether something is required of a project that no usable file of it meets, and that some file could
    /// meet.</summary>
    private bool LacksFiles(CandidateProblem own) =>
        question.Core.OfType<Assumption.NoOthers>().Any(each => LacksFile(own, each.Project));

    private bool LacksFile(CandidateProblem own, VariableId project)
    {
        var required = question
            .Requires.Where(each => problem.Target(each.Id) == project)
            .Select(each => each.Id)
            .Distinct()
            .ToList();
        var met = CandidateBits.Usable(problem, project);
        foreach (var id in required)
        {
            var satisfying = CandidateBits.Satisfying(problem, id);
            for (var word = 0; word < met.Length; word++)
                met[word] &= satisfying[word];
        }
        return required.TrueForAll(problem.AdmitsOthers)
            && Array.TrueForAll(met, each => each == 0)
            && (question.Bound(required) is not null || required.Exists(id => own.RequirementOf(id).Url is not null));
    }

    /// <summary>That another version might require less is no more than a hope: <see cref="Shortest"/> has it, where
    /// nothing else helps.</summary>
    /// <param name="like">A selection with a phantom in its place, where it has to be enough.</param>
    private RankedFix? Known(
        CandidateProblem own,
        VariableId project,
        List<RequirementId> required,
        FoundSelection? like
    )
    {
        var isInCycle = question.IsInCycle(project);
        var bound = question.Bound(required) ?? "";
        var rank = question.WhyUnusable(project) is null ? RankedFix.Missing : RankedFix.Right + 1;
        RankedFix? added = AdditionCatalogue
            .Of(own, project, required, isInCycle)
            .Where(each => each.Kind != AdditionKind.Another && required.TrueForAll(id => own.IsMetBy(id, each.File)))
            .OrderBy(each => isInCycle && each.Kind != AdditionKind.Wheel)
            .Select(RankedFix? (each) => RankedFix.Of(rank, Action(own, each, bound)) with { Like = like })
            .FirstOrDefault(each => like is null || question.Trial!.MayBeOffered(each!.Value));
        IsOneEnough |= added is not null;
        return added;
    }

    /// <summary>Of a problem of another ecosystem.</summary>
    private RankedFix? Unknown(VariableId project, List<RequirementId> required)
    {
        if (question.Bound(required) is not { } bound)
            return null;
        var there = Enumerable
            .Range(0, problem.CandidateCount(project))
            .Where(i => question.Requires.Any(each => each.Source == project && each.First <= i && i <= each.Last))
            .Select(i => text.VersionOf(project, i))
            .Distinct()
            .ToList();
        var name = text.ProjectOf(project);
        return there.Count == 0
            ? RankedFix.Of(
                RankedFix.Missing,
                new FixAction("add", name + bound) { Text = $"add {name}{bound} to the archive" }
            )
            : RankedFix.Of(
                RankedFix.Hoped,
                new FixAction("add", name + bound) { Text = $"add another version of {name} that requires less" }
            );
    }

    private FixAction Action(CandidateProblem own, Addition addition, string bound)
    {
        var name = addition.File.Name;
        var what = addition.Url is { } url ? $"{name} @ {url}" : $"{name}{bound}";
        var project = own.VariableOf(name);
        var unusable = question.WhyUnusable(project);
        var kind =
            addition.Kind == AdditionKind.Wheel || own.Request.ForbidsBuilds(name) ? "wheel"
            : own.Request.ForbidsWheels(name) ? "sdist"
            : null;
        var form =
            addition.Kind == AdditionKind.Wheel ? " as a wheel, or install it beforehand"
            : kind is not null ? $" as {(kind == "wheel" ? "a wheel" : "an sdist")}"
            : unusable == UnusableKind.Tags || addition.KnownFrom is not null
                ? " as an sdist, or as a wheel for this Python and platform"
            : "";
        return new FixAction("add", what)
        {
            Text =
                addition.Kind == AdditionKind.Another ? $"add another version of {name} that requires less ({what})"
                : addition.Url is not null ? $"add the file that {what} names to the archive"
                : unusable is not null and not UnusableKind.Tags && addition.KnownFrom is null
                    ? $"add another {what} to the archive{form}"
                : $"add {what} to the archive{form}",
            Kind = kind,
            Form = form,
            Change = addition.Kind == AdditionKind.Another ? null : new Change.Add(addition.File),
        };
    }
}
