using Resolver.Archives.Files;

namespace Resolver.Application.Inputs;

/// <summary>A use case cannot go on: the request contradicts itself, or an input cannot be read or trusted. The
/// message is one line: the file where there is one, then the reason.</summary>
public sealed class InputException : Exception
{
    private InputException(string message, string? hint, bool isUsage)
        : base(message) => (Hint, IsUsage) = (hint, isUsage);

    /// <summary>What would help, one line, or null.</summary>
    public string? Hint { get; }

    /// <summary>Whether the request itself cannot be meant; else an input cannot be read or trusted.</summary>
    public bool IsUsage { get; }

    /// <summary>The request contradicts itself or is invalid.</summary>
    public static InputException Usage(string message, string? hint = null) => new(message, hint, isUsage: true);

    /// <summary>An input cannot be read or trusted.</summary>
    public static InputException BadInput(string message, string? hint = null) => new(message, hint, isUsage: false);

    /// <summary>A file cannot be read.</summary>
    /// <param name="file">As it was given.</param>
    /// <param name="reason">What the system said.</param>
    public static InputException Unreadable(string file, Exception reason) =>
        BadInput(
            reason switch
            {
                FileNotFoundException or DirectoryNotFoundException => $"{file}: no such file",
                UnauthorizedAccessException when Directory.Exists(file) => $"{file}: is a directory, not a file",
                _ => $"{file}: cannot be read: {FileFault.Reason(reason)}",
            }
        );

    /// <summary>A file cannot be written.</summary>
    /// <param name="file">As it was given.</param>
    /// <param name="reason">What the system said.</param>
    public static InputException Unwritable(string file, Exception reason) =>
        BadInput(
            reason is UnauthorizedAccessException && Directory.Exists(file)
                ? $"{file}: is a directory, not a file"
                : $"{file}: cannot be written: {FileFault.Reason(reason)}"
        );
}
