using System.Diagnostics;
using SharpFuzz;

namespace Resolver.Fuzzing;

/// <summary>Gives bytes to one reader: <c>TARGET</c> alone reads what AFL++ gives, <c>TARGET FILE…</c> reads files and
/// says what each cost, <c>--targets</c> lists the targets, and <c>--seeds DIR</c> writes a corpus for each.</summary>
/// <remarks>What a reader may say of bad input is an answer; any other exception is a finding, and so is text that
/// does not survive being written and read again.</remarks>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["--targets"]:
                foreach (var name in Targets.All.Keys)
                    Console.WriteLine(name);
                return 0;
            case ["--seeds", var folder]:
                Seeds.Write(folder);
                return 0;
            case [var name] when Targets.All.TryGetValue(name, out var target):
                Fuzzer.OutOfProcess.Run(stream => target(Bytes(stream)));
                return 0;
            case [var name, .. var files] when Targets.All.TryGetValue(name, out var target):
                foreach (var file in files)
                    Report(file, target);
                return 0;
            default:
                Console.Error.WriteLine("usage: Resolver.Fuzzing --targets | --seeds DIR | TARGET [FILE…]");
                return 2;
        }
    }

    private static void Report(string file, Action<byte[]> target)
    {
        var bytes = File.ReadAllBytes(file);
        var allocated = GC.GetTotalAllocatedBytes();
        var start = Stopwatch.GetTimestamp();
        var outcome = "ok";
        try
        {
            target(bytes);
        }
        catch (Exception e)
        {
            outcome = e.ToString();
        }
        var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.WriteLine(
            $"{file}: {milliseconds:0} ms, {(GC.GetTotalAllocatedBytes() - allocated) >> 10} KiB allocated: {outcome}"
        );
    }

    private static byte[] Bytes(Stream stream)
    {
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
