using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>What a fix changes, in terms of what is asked and what there is: a closed set. <see cref="AppliedFix"/>
/// carries it out.</summary>
public abstract record Change
{
    private Change() { }

    /// <summary>Whether what is planned with it can be installed only after a person did something: fetched a file,
    /// took another Python.</summary>
    public virtual bool IsHypothetical => false;

    /// <summary>One more file is in the archive; what nothing tells about its requirements is taken for
    /// none.</summary>
    /// <param name="File">The file, as the planner would see it.</param>
    public sealed record Add(Candidate File) : Change
    {
        public override bool IsHypothetical => true;
    }

    /// <summary>A wheel of a version that is there as a source distribution is in the archive as well.</summary>
    public sealed record AddWheel(Candidate Wheel) : Change
    {
        public override bool IsHypothetical => true;
    }

    /// <summary>The user drops something that was requested, or given as part of a batch.</summary>
    public sealed record DropRoot(Requirement Root) : Change;

    /// <summary>The user requests less.</summary>
    public sealed record RelaxRoot(Requirement Root, Requirement Instead) : Change;

    /// <summary>A constraint is lifted.</summary>
    public sealed record DropConstraint(Requirement Constraint) : Change;

    /// <summary>The overrides of a project are lifted.</summary>
    public sealed record DropOverrides(PackageName Project) : Change;

    /// <summary>A requirement of something in the archive does not count, or counts as another.</summary>
    public sealed record Relax(AmendedRequirement Requirement) : Change;

    /// <summary>A requirement takes the place of every requirement on its project.</summary>
    public sealed record Override(Requirement Instead) : Change;

    /// <summary>Something may be chosen that was unusable.</summary>
    public sealed record Permit(Permission Permission) : Change
    {
        // Neither another Python nor unknown metadata come about by planning.
        public override bool IsHypothetical =>
            Permission.Kind is UnusableKind.RequiresPython or UnusableKind.Tags or UnusableKind.Metadata;
    }

    /// <summary>Some of what was requested goes into another prefix; the plan is for the rest.</summary>
    public sealed record Separate(IReadOnlyList<Requirement> Roots) : Change;

    /// <summary>Each build gets an environment of its own.</summary>
    public sealed record BuildApart : Change;
}
