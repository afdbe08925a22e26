namespace Resolver.Archives.Files;

/// <summary>Why the system refused a file, in plain words: the runtime's texts are those of .NET.</summary>
public static class FileFault
{
    // Where .NET has no exception of its own, HResult is the error number of the system (errno, Linux).
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int QuotaExceeded = 122;

    /// <summary>The reason behind the file it is about, where the fault names one: <c>FILE: REASON</c>; for messages
    /// that do not name the file themselves.</summary>
    public static string WithFile(Exception fault)
    {
        // The runtime keeps the path in its text alone, in single quotes.
        var text = fault.Message;
        var (start, end) = (text.IndexOf('\''), text.LastIndexOf('\''));
        if (end <= start + 1)
            return IsOwn(fault) ? fault.Message : Reason(fault);
        var reason = Reason(fault);
        var quoted = text[start..(end + 1)];
        reason = reason.Replace($" : {quoted}", "", StringComparison.Ordinal);
        return reason.Contains(quoted, StringComparison.Ordinal) ? reason : $"{quoted[1..^1]}: {reason}";
    }

    /// <summary>Whether a fault that quotes no path was raised here: those of the runtime name the file.</summary>
    private static bool IsOwn(Exception fault) =>
        fault is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException;

    /// <summary>The reason, without a file name and without a full stop; for messages that name the file.</summary>
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
