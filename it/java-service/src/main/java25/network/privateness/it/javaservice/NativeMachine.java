package network.privateness.it.javaservice;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What Linux itself answers to getpagesize(2) and uname(2).
 *
 * @param pageSize bytes in a page of memory
 * @param system name, release and architecture of the operating system
 */
record NativeMachine(long pageSize, String system) implements Machine {

    /** {@code struct utsname} has six texts of this many bytes (asm-generic/utsname.h). */
    private static final int FIELD = 65;

    private static final int FIELDS = 6;

    /** Native answers on Linux, where the structure is known; pure Java elsewhere. */
    @SuppressWarnings("restricted") // the manifest has Enable-Native-Access
    static Machine open() {
        Linker linker = Linker.nativeLinker();
        var pageSize = linker.defaultLookup().find("getpagesize");
        var uname = linker.defaultLookup().find("uname");
        if (!System.getProperty("os.name").equals("Linux") || pageSize.isEmpty() || uname.isEmpty()) {
            return new PlainMachine();
        }
        try (Arena arena = Arena.ofConfined()) {
            int bytes = (int) linker.downcallHandle(pageSize.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT))
                    .invokeExact();
            MemorySegment names = arena.allocate(FIELD * FIELDS);
            int result = (int) linker.downcallHandle(
                            uname.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS))
                    .invokeExact(names);
            if (result != 0) {
                return new PlainMachine();
            }
            return new NativeMachine(bytes, field(names, 0) + " " + field(names, 2) + " " + field(names, 4));
        } catch (Throwable e) { // a method handle throws anything
            throw new IllegalStateException("a native call failed", e);
        }
    }

    @Override
    public String implementation() {
        return "overlay";
    }

    private static String field(MemorySegment names, int index) {
        return names.asSlice((long) index * FIELD, FIELD).getString(0);
    }
}
