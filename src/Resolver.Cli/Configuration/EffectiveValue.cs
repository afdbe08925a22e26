namespace Resolver.Cli.Configuration;

/// <summary>A setting as it holds in a run.</summary>
/// <param name="Values">As the option takes them; empty where nothing holds.</param>
/// <param name="Origins">Every place that has a share in it, the strongest first; the default alone where nobody said
/// anything.</param>
internal sealed record EffectiveValue(Setting Setting, IReadOnlyList<string> Values, IReadOnlyList<Origin> Origins);
