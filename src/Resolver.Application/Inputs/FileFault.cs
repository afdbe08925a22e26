namespace Resolver.Application.Inputs;

/// <summary>Why the system refused a file, in plain words, for messages that name the file themselves.</summary>
public static class FileFault
{
    // Where .NET has no exception of its own, HResult is the error number of the system (errno, Linux).
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int QuotaExceeded = 122;

    /// <summary>The reason, without a file name and without a full stop.</summary>
    public static string Reason(Exception fault) =>
        fault switch
        {
            FileNotFoundException => "no such file",
            DirectoryNotFoundException => "no such directory",
            PathTooLongException => "the path is too long",
            UnauthorizedAccessException => "permission denied",
            IOException { HResult: NoSpace } => "no space is left on the device",
            IOException { HResult: ReadOnly } => "the file system is read-only",
            IOException { HResult: QuotaExceeded } => "the quota of the disk is used up",
            _ => fault.Message.Split('\n')[0].TrimEnd('.', '\r'),
        };
}
