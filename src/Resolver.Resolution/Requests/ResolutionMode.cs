namespace Resolver.Resolution.Requests;

/// <summary>Which version is preferred (uv's <c>--resolution</c>).</summary>
public enum ResolutionMode
{
    Highest,
    Lowest,

    /// <summary>The lowest of what the user requested directly, the highest of everything else.</summary>
    LowestDirect,
}
