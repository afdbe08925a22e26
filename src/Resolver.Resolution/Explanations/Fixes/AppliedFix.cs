using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations.Additions;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>A question after a fix: what is asked then, and of what.</summary>
public sealed record AppliedFix(ICandidateSource Source, PlanRequest Request)
{
    /// <summary>What the fix drops: also of a batch, whose files are no roots of
    /// <see cref="Request"/>.</summary>
    public IReadOnlyList<Requirement> LeftOut { get; init; } = [];

    /// <summary>Wheels that the fix adds: also to a batch, whose versions are no others because of them.</summary>
    public IReadOnlyList<Candidate> Wheels { get; init; } = [];

    /// <summary>The question with the fix; null where an action of it is for a person alone.</summary>
    public static AppliedFix? Of(ICandidateSource source, PlanRequest request, IReadOnlyList<FixAction> fix)
    {
        var applied = new AppliedFix(source, request);
        foreach (var action in fix)
        {
            if (action.Change is not { } change)
                return null;
            applied = applied.With(change);
        }
        return applied;
    }

    /// <summary>The question with one change.</summary>
    internal AppliedFix With(Change change) =>
        change switch
        {
            Change.Add add => this with { Source = new SourceWithMore(Source, [add.File]) },
            Change.AddWheel add => this with
            {
                Source = new SourceWithMore(Source, [add.Wheel]),
                Wheels = [.. Wheels, add.Wheel],
            },
            Change.DropRoot drop => WithoutRoots([drop.Root]),
            Change.Separate separate => WithoutRoots(separate.Roots),
            Change.BuildApart => this with { Request = Request with { BuildIsolation = BuildIsolation.PerBuild } },
            Change.RelaxRoot relax => this with
            {
                Request = Request with
                {
                    Roots = [.. Request.Roots.Select(each => each.Equals(relax.Root) ? relax.Instead : each)],
                },
            },
            Change.DropConstraint drop => this with
            {
                Request = Request with
                {
                    Constraints = [.. Request.Constraints.Where(each => !each.Equals(drop.Constraint))],
                },
            },
            Change.DropOverrides drop => this with
            {
                Request = Request with { Overrides = [.. Request.Overrides.Where(each => each.Name != drop.Project)] },
            },
            Change.Relax relax => this with
            {
                Request = Request with { Amendments = [.. Request.Amendments, relax.Requirement] },
            },
            Change.Override each => this with
            {
                Request = Request with { Overrides = [.. Request.Overrides, each.Instead] },
            },
            Change.Permit permit => this with
            {
                Request = Request with { Permissions = [.. Request.Permissions, permit.Permission] },
            },
            _ => throw new ArgumentOutOfRangeException(nameof(change)),
        };

    private AppliedFix WithoutRoots(IReadOnlyList<Requirement> roots) =>
        this with
        {
            Request = Request with { Roots = [.. Request.Roots.Where(each => !roots.Contains(each))] },
            LeftOut = [.. LeftOut, .. roots],
        };
}
