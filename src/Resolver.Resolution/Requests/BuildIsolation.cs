namespace Resolver.Resolution.Requests;

/// <summary>What a build finds when it runs.</summary>
public enum BuildIsolation
{
    /// <summary>What is installed so far: build and runtime requirements of the whole plan must agree.</summary>
    None,

    /// <summary>An environment of its own over what was installed before: each is solved separately, and may hold other
    /// versions than the plan.</summary>
    PerBuild,
}
