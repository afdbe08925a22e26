namespace Resolver.Resolution.Verification;

/// <summary>Something that is wrong with a plan.</summary>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="Text">What breaks it, for whoever looks for the fault.</param>
public sealed record PlanViolation(PlanRule Rule, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule}: {Text}";
}
