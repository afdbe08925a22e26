using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Ordering;

/// <summary>
/// The certificate of a nogood about builds of which none can be the first: where each project of the nogood but this
/// one is restricted to the candidates of its term, none of the candidates that its own term names can be built, in
/// whatever order.
/// </summary>
/// <remarks>
/// It is checked by building what can be built until nothing more can: a candidate once each of its build requirements
/// is met by one that can be used; it can be used once those of its requirements at run time are, too, those that need
/// each other together. The terms of the others may admit that they are absent: what is required is not.
/// </remarks>
/// <param name="Project">Whose candidates they are.</param>
internal sealed record StuckBuilds(VariableId Project)
{
    /// <inheritdoc/>
    public override string ToString() => "none of these builds can be the first";
}
