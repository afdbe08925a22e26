using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Solving;

/// <summary>The certificate of a nogood that the search itself adds: with exactly these candidates, and these extras
/// active or inactive, no requirement that holds requests this extra, so it is not active.</summary>
internal sealed record UnfoundedExtra(VariableId Extra)
{
    /// <inheritdoc/>
    public override string ToString() => "nothing that is selected requests the extra";
}
