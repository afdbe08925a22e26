namespace Resolver.Resolution.Universes;

/// <summary>A universe file cannot be read: which, where, and why.</summary>
/// <param name="source">The file's path, or what the stream was called.</param>
/// <param name="position">Where: a JSON path such as <c>packages.app[3].requires[0]</c>, <c>byte 120</c>, or empty
/// for the whole file.</param>
/// <param name="reason">What is wrong, for a person.</param>
public sealed class UniverseFormatException(string source, string position, string reason)
    : FormatException(position.Length == 0 ? $"{source}: {reason}" : $"{source}: {position}: {reason}")
{
    /// <summary>The file's path, or what the stream was called.</summary>
    public string File { get; } = source;

    /// <summary>Where in it.</summary>
    public string Position { get; } = position;

    /// <summary>What is wrong.</summary>
    public string Reason { get; } = reason;
}
