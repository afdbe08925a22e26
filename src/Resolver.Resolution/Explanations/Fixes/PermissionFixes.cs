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
    public FixAction Of(Assumption.Unusable unusable, FoundSelection selection) =>
        Action(unusable, text.ProjectOf(unusable.Project), selection) with
        {
            Change = question.Own is { } own
                ? new Change.Permit(new Permission(own.NameOf(unusable.Project), unusable.Kind))
                : null,
        };

    private FixAction Action(Assumption.Unusable unusable, string project, FoundSelection selection) =>
        unusable.Kind switch
        {
            UnusableKind.Metadata => Metadata(unusable, project),
            UnusableKind.RequiresPython => new FixAction("use", $"another Python, for {project}")
            {
                Text = $"use a Python that {project} supports (--python){PythonBound(unusable, selection)}",
            },
            // What another version would require is not known.
            UnusableKind.Tags => new FixAction("add", $"{project}=={Taken(unusable, selection)}")
            {
                Text =
                    $"add {project}=={Taken(unusable, selection)} to the archive as an sdist, or as a wheel for this "
                    + "Python and platform",
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
                    $"accept the yanked {project} {Taken(unusable, selection)}: request "
                    + $"{project}=={Taken(unusable, selection)}",
            },
            UnusableKind.Policy => new FixAction("allow", $"{project} (policy)")
            {
                Text = PolicyText(unusable, project),
            },
            UnusableKind.Excluded => new FixAction("allow", $"{project} (excluded)")
            {
                Text = $"remove the exclusion of {project} from resolver.toml",
            },
            _ => new FixAction("allow", $"{project} ({unusable.Kind.Word()})")
            {
                Text = $"allow {project} {Last(unusable)}, which {Detail(unusable)}",
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
    private FixAction Metadata(Assumption.Unusable unusable, string project)
    {
        if (
            question
                .Own?.CandidatesOf(unusable.Project)
                .LastOrDefault(each => each is { UnusableBecause: not null, RightFileName: not null }) is
            { Path: { } path, RightFileName: { } right }
        )
            return new FixAction("rename", path) { Text = $"rename {path} to {right}, as its METADATA says" };
        if (Defective(unusable) is { } defective)
            return new FixAction("add", project) { Text = $"replace {defective} with a file that can be used" };
        return new FixAction("declare", $"the metadata of {project}")
        {
            Text =
                question.Own?.Request.AsksBackends == true
                    ? $"declare the requirements of {project} in resolver.toml"
                    : $"declare the requirements of {project} in resolver.toml, or ask its build backend "
                        + $"(--offline-metadata build)",
        };
    }

    /// <summary>The path of the newest where each is a file with a defect; null otherwise.</summary>
    private string? Defective(Assumption.Unusable unusable)
    {
        if (question.Own?.CandidatesOf(unusable.Project) is not { } there)
            return null;
        var affected = Unusable(unusable).ToList();
        return affected.Count > 0 && affected.TrueForAll(i => there[i].IsDefective) ? there[affected[^1]].Path : null;
    }

    private string PolicyText(Assumption.Unusable unusable, string project) =>
        question.Own is { } own
        && own.Request.ForbidsWheels(own.NameOf(unusable.Project))
        && own.CandidatesOf(unusable.Project).Any(each => each.Kind == DistributionKind.Wheel)
            ? $"allow the wheel of {project} (exempt it from --no-binary)"
            : $"allow {project} to be built (exempt it from --only-binary)";

    /// <summary>For which Pythons the oldest is made that would do.</summary>
    private string PythonBound(Assumption.Unusable unusable, FoundSelection selection)
    {
        if (question.Own is not { } own)
            return "";
        var admitted = question
            .RequiredOf(unusable.Project, selection)
            .ConvertAll(id => CandidateBits.Satisfying(question.Problem, id));
        var bound = own.CandidatesOf(unusable.Project)
            .Where(
                (each, i) =>
                    each.RequiresPython is not null
                    && text.WhyUnusable(unusable.Project, i)?.Kind == unusable.Kind
                    && admitted.TrueForAll(words => CandidateBits.Has(words, i))
            )
            .FirstOrDefault()
            ?.RequiresPython;
        return bound is null ? "" : $": Python {bound}";
    }

    /// <summary>The version that the selection takes, where it is one of them.</summary>
    private string Taken(Assumption.Unusable unusable, FoundSelection selection) =>
        selection[unusable.Project] is var taken and >= 0 && Unusable(unusable).Contains(taken)
            ? text.VersionOf(unusable.Project, taken)
            : Last(unusable);

    private string Last(Assumption.Unusable unusable) =>
        Unusable(unusable).Select(i => text.VersionOf(unusable.Project, i)).LastOrDefault("");

    private string Detail(Assumption.Unusable unusable) =>
        Unusable(unusable).Select(i => text.WhyUnusable(unusable.Project, i)!.Detail).LastOrDefault("");

    private IEnumerable<int> Unusable(Assumption.Unusable unusable) =>
        Enumerable
            .Range(0, question.Problem.CandidateCount(unusable.Project))
            .Where(i => text.WhyUnusable(unusable.Project, i)?.Kind == unusable.Kind);
}
