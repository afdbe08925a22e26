namespace Resolver.Cli.Terminal;

/// <summary>The version of this program.</summary>
internal static class ProgramVersion
{
    /// <summary>Such as <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetName().Version is { } version ? version.ToString(3) : "unknown";
}
