using Resolver.Packaging.Distributions;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Encodings;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>Fixes that let something be chosen that is there and unusable.</summary>
internal sealed class PermissionFixes(FixQuestion question)
{
    private readonly IProblemText text = question.Text;

    /// <summary>What could be done so that the candidates may be chosen.</summary>
    /// <param name="selection">A selection that takes one of them.</param>
    public FixAction Of(Assumption.Unfit unfit, FoundSelection selection) =>
        Action(unfit, text.ProjectOf(unfit.Project), selection) with
        {
            Change = question.Own is { } own
                ? new Change.Permit(new Permission(own.NameOf(unfit.Project), unfit.Kind))
                : null,
        };

    private FixAction Action(Assumption.Unfit unfit, string project, FoundSelection selection) =>
        unfit.Kind switch
        {
            UnusableKind.Metadata => Metadata(unfit, project),
            UnusableKind.RequiresPython => new FixAction("use", $"another Python, for {project}")
            {
                Text = $"use a Python that {project} supports (--python){PythonBound(unfit, selection)}",
            },
            UnusableKind.Tags => new FixAction("add", $"{project}")
            {
                Text = $"add {project} as an sdist, or as a wheel for this Python and platform",
            },
            UnusableKind.Pinned => new FixAction("drop", $"the pin on {project}")
            {
                Text = $"drop the pin on {project}",
            },
            UnusableKind.Prerelease => new FixAction("allow", $"{project} (prerelease)")
            {
                Text = $"allow pre-releases of {project} (--prerelease allow)",
            },
            UnusableKind.Yanked => new FixAction("allow", $"{project} (yanked)")
            {
                Text =
                    $"accept the yanked {project} {Taken(unfit, selection)}: request {project}=={Taken(unfit, selection)}",
            },
            UnusableKind.Policy => new FixAction("allow", $"{project} (policy)") { Text = PolicyText(unfit, project) },
            UnusableKind.Excluded => new FixAction("allow", $"{project} (excluded)")
            {
                Text = $"remove the exclusion of {project} from resolver.toml",
            },
            _ => new FixAction("allow", $"{project} ({unfit.Kind.Word()})")
            {
                Text = $"allow {project} {Last(unfit)}, which {Detail(unfit)}",
            },
        };

    /// <summary>An option that bars more than one project, lifted for all of them, where that helps.</summary>
    public FixAction? Everywhere(UnusableKind kind)
    {
        var change = new Change.Permit(new Permission(null, kind));
        if (question.Trial?.Works(change) != true)
            return null;
        return new FixAction("allow", kind.Word())
        {
            Text =
                kind == UnusableKind.Policy
                    ? "allow both wheels and builds: drop --no-binary and --only-binary"
                    : "allow pre-releases (--prerelease allow)",
            Change = change,
        };
    }

    /// <summary>A wheel that says in its metadata that it is something else than its file name says needs another
    /// name; whatever else is unknown can be declared.</summary>
    private FixAction Metadata(Assumption.Unfit unfit, string project)
    {
        if (
            question
                .Own?.CandidatesOf(unfit.Project)
                .LastOrDefault(each => each is { UnusableBecause: not null, RightFileName: not null }) is
            { Path: { } path, RightFileName: { } right }
        )
            return new FixAction("rename", path) { Text = $"rename {path} to {right}, as its METADATA says" };
        if (Defective(unfit) is { } defective)
            return new FixAction("add", project) { Text = $"replace {defective} with a file that can be used" };
        return new FixAction("declare", $"the metadata of {project}")
        {
            Text =
                question.Own?.Request.AsksBackends == true
                    ? $"declare the requirements of {project} in resolver.toml"
                    : $"declare the requirements of {project} in resolver.toml, or ask its build backend (--offline-metadata build)",
        };
    }

    /// <summary>The path of the newest where each is a file with a defect; null otherwise.</summary>
    private string? Defective(Assumption.Unfit unfit)
    {
        if (question.Own?.CandidatesOf(unfit.Project) is not { } there)
            return null;
        var unusable = Unusable(unfit).ToList();
        return unusable.Count > 0 && unusable.TrueForAll(i => there[i].IsDefective) ? there[unusable[^1]].Path : null;
    }

    private string PolicyText(Assumption.Unfit unfit, string project) =>
        question.Own is { } own
        && own.Request.ForbidsWheels(own.NameOf(unfit.Project))
        && own.CandidatesOf(unfit.Project).Any(each => each.Kind == DistributionKind.Wheel)
            ? $"allow the wheel of {project} (exempt it from --no-binary)"
            : $"allow {project} to be built (exempt it from --only-binary)";

    /// <summary>For which Pythons the oldest is made that would do.</summary>
    private string PythonBound(Assumption.Unfit unfit, FoundSelection selection)
    {
        if (question.Own is not { } own)
            return "";
        var admitted = question
            .RequiredOf(unfit.Project, selection)
            .ConvertAll(id => CandidateBits.Satisfying(question.Problem, id));
        var bound = own.CandidatesOf(unfit.Project)
            .Where(
                (each, i) =>
                    each.RequiresPython is not null
                    && text.WhyUnusable(unfit.Project, i)?.Kind == unfit.Kind
                    && admitted.TrueForAll(words => CandidateBits.Has(words, i))
            )
            .FirstOrDefault()
            ?.RequiresPython;
        return bound is null ? "" : $": Python {bound}";
    }

    /// <summary>The version that the selection takes, where it is one of them.</summary>
    private string Taken(Assumption.Unfit unfit, FoundSelection selection) =>
        selection[unfit.Project] is var taken and >= 0 && Unusable(unfit).Contains(taken)
            ? text.VersionOf(unfit.Project, taken)
            : Last(unfit);

    private string Last(Assumption.Unfit unfit) =>
        Unusable(unfit).Select(i => text.VersionOf(unfit.Project, i)).LastOrDefault("");

    private string Detail(Assumption.Unfit unfit) =>
        Unusable(unfit).Select(i => text.WhyUnusable(unfit.Project, i)!.Detail).LastOrDefault("");

    private IEnumerable<int> Unusable(Assumption.Unfit unfit) =>
        Enumerable
            .Range(0, question.Problem.CandidateCount(unfit.Project))
            .Where(i => text.WhyUnusable(unfit.Project, i)?.Kind == unfit.Kind);
}
