namespace Resolver.Interpreters;

/// <summary>What an interpreter's name leads to, and what decides that.</summary>
/// <param name="Path">The file that is started, absolute.</param>
/// <param name="Places">Files that have a say in which interpreter runs in the end; some need not exist.</param>
/// <param name="Variables">Beginnings of the names of variables that have one.</param>
internal sealed record InterpreterLauncher(string Path, IReadOnlyList<string> Places, IReadOnlyList<string> Variables)
{
    private const int ScriptHead = 2048;

    /// <summary>The launcher; null where there is none, or it is a program of which nobody knows what it does: a
    /// script of someone's own.</summary>
    public static InterpreterLauncher? Of(string executable)
    {
        try
        {
            if (Find(executable) is not { } path)
                return null;
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            Span<byte> head = stackalloc byte[ScriptHead];
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            if (!head.StartsWith("#!"u8))
                return IsProgram(head) ? new InterpreterLauncher(path, [path], []) : null;
            return OfPyenv(path, System.Text.Encoding.UTF8.GetString(head));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // ELF, Mach-O (thin and fat), PE.
    private static bool IsProgram(ReadOnlySpan<byte> head) =>
        head.StartsWith("\u007fELF"u8)
        || head.StartsWith((ReadOnlySpan<byte>)[0xCF, 0xFA, 0xED, 0xFE])
        || head.StartsWith((ReadOnlySpan<byte>)[0xCA, 0xFE, 0xBA, 0xBE])
        || head.StartsWith("MZ"u8);

    /// <summary>As the system looks it up: a name without a separator on PATH.</summary>
    private static string? Find(string executable)
    {
        if (executable.Contains(System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return System.IO.Path.GetFullPath(executable);
        foreach (
            var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
                System.IO.Path.PathSeparator,
                StringSplitOptions.RemoveEmptyEntries
            )
        )
        {
            var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, executable));
            if (File.Exists(path) && IsExecutable(path))
                return path;
            if (OperatingSystem.IsWindows() && File.Exists(path + ".exe"))
                return path + ".exe";
        }
        return null;
    }

    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows()
        || (
            File.GetUnixFileMode(path)
            & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)
        ) != 0;

    /// <summary>The shims of pyenv: which version runs is said by PYENV_VERSION, by a <c>.python-version</c> in the
    /// current folder or above it, or by <c>version</c> in pyenv's own. The folders that its hooks come from are
    /// watched too.</summary>
    private static InterpreterLauncher? OfPyenv(string path, string script)
    {
        const string root = "export PYENV_ROOT=\"",
            command = "/libexec/pyenv\" exec \"$program\" \"$@\"";
        var at = script.IndexOf(root, StringComparison.Ordinal);
        if (at < 0 || !script.Contains(command, StringComparison.Ordinal))
            return null;
        at += root.Length;
        var folder = script[at..script.IndexOf('"', at)];
        if (Environment.GetEnvironmentVariable("PYENV_HOOK_PATH") is { Length: > 0 })
            return null;
        var places = new List<string> { path, $"{folder}/libexec/pyenv", $"{folder}/version", $"{folder}/versions" };
        foreach (
            var hooks in (string[])
                [
                    $"{folder}/pyenv.d/exec",
                    $"{folder}/pyenv.d/which",
                    $"{folder}/plugins",
                    "/usr/etc/pyenv.d",
                    "/usr/local/etc/pyenv.d",
                    "/etc/pyenv.d",
                    "/usr/lib/pyenv/hooks",
                ]
        )
            places.Add(hooks);
        for (
            var above = Environment.CurrentDirectory;
            above is not null;
            above = System.IO.Path.GetDirectoryName(above)
        )
            places.Add(System.IO.Path.Combine(above, ".python-version"));
        return new InterpreterLauncher(path, places, ["PYENV_", "PATH"]);
    }
}
