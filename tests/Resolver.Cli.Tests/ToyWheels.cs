using Resolver.Testing;

namespace Resolver.Cli.Tests;

/// <summary>Wheels with nothing in them but what every wheel must have.</summary>
internal static class ToyWheels
{
    /// <summary>Writes a wheel into the archive.</summary>
    /// <param name="tag">Such as <c>py3-none-any</c>.</param>
    /// <param name="requires">What it needs to run.</param>
    public static void Wheel(
        this TemporaryFolder folder,
        string name,
        string version,
        string tag,
        params string[] requires
    )
    {
        var wheel = new ToyWheel(name, version) { Tag = tag };
        foreach (var requirement in requires)
            wheel.Requires(requirement);
        wheel.In(folder["archive"]);
    }
}
