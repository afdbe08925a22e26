using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Verification;

/// <summary>A requirement as it counts: after waivers, amendments and overrides.</summary>
/// <param name="Requirement">What has to be met; an override where one replaces what is written.</param>
/// <param name="Role">To build, or to run.</param>
/// <param name="IsWaived">Whether nothing has to meet it.</param>
/// <param name="Replaced">The marker of the requirement that an override replaces: of it, the condition on extras
/// still counts. Null where there is none.</param>
internal sealed record CountedRequirement(Requirement Requirement, Role Role, bool IsWaived, Marker? Replaced = null)
{
    /// <summary>What identifies it in a list: everything but the marker. <c>==2.0</c> and <c>==2.0.0</c> are the
    /// same.</summary>
    public RequirementKey Key =>
        new(Role, Requirement.Name, string.Join(',', Requirement.Extras), Requirement.Specifier, Requirement.Url);
}
