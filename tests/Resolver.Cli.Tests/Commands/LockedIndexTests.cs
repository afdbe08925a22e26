using System.Diagnostics;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Another program holds a lock of SQLite on the index. The answers are those without an index, and the lock
/// is not waited for.</summary>
public sealed class LockedIndexTests : IDisposable
{
    // Lets go by itself before SQLite's usual patience of 30 seconds ends: whoever waits so long gets the lock.
    private const string Holder = """
        import select, sqlite3, sys
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        if sys.argv[2] == "whole":
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE" if sys.argv[2] == "whole" else "BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE mine (a)")
        print("held", flush=True)
        select.select([sys.stdin], [], [], 25)
        """;

    private readonly TemporaryFolder folder = new();

    public LockedIndexTests()
    {
        PythonOnPath.Need();
        for (var i = 0; i < 12; i++)
            folder.Wheel($"p{i}", "1.0", "py3-none-any", $"p{(i + 1) % 12}>=1");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("write", true, "scan")]
    [InlineData("write", false, "scan")]
    [InlineData("whole", true, "scan")]
    [InlineData("whole", false, "scan")]
    [InlineData("write", true, "plan", "p1", "--no-installed")]
    [InlineData("whole", true, "plan", "p1", "--no-installed")]
    [InlineData("whole", false, "plan", "p1", "--no-installed")]
    public void It_is_not_waited_for(string held, bool isFilled, string command, params string[] arguments)
    {
        var expected = Of("--no-cache").Output;
        Of("--cache-dir", folder["cache"]);
        var file = Directory.EnumerateFiles(folder["cache"], "archives-*.sqlite").Single();
        if (!isFilled)
            File.Delete(file);
        // There is something to write.
        File.Move(folder["archive/p3-1.0-py3-none-any.whl"], folder["archive/p3-1.0-1-py3-none-any.whl"]);
        File.Move(folder["archive/p3-1.0-1-py3-none-any.whl"], folder["archive/p3-1.0-py3-none-any.whl"]);
        using var holder = Process.Start(
            new ProcessStartInfo("python3", ["-c", Holder, file, held])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        Assert.Equal("held", holder.StandardOutput.ReadLine());

        var run = Of("--cache-dir", folder["cache"]);
        var isHeld = !holder.HasExited;
        holder.StandardInput.Close();
        holder.WaitForExit();

        Assert.True(isHeld, "the program waited until the lock was gone");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(expected, run.Output);
        Assert.Equal($"warning: going on without the index of the archive: {file}: database is locked\n", run.Error);
        var after = Of("--cache-dir", folder["cache"]);
        Assert.Equal((expected, ""), (after.Output, after.Error));

        Invocation Of(params string[] options) =>
            Invocation.Of([command, .. arguments, "-f", folder["archive"], "--no-config", .. options]);
    }
}
